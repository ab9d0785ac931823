import type { Frame } from '../../../engine/sdk/index.js';

/** The trades of one candidate on rows discovery has not seen, in order of time. */
export interface Judged {
  readonly symbols: readonly string[];
  readonly times: readonly number[];
  readonly sides: readonly number[];
  readonly gross: readonly number[];
  readonly cost: readonly number[];
  /** What a filter leaves out of its base, before costs; empty where nothing is left out. */
  readonly dropped: readonly number[];
}

const NONE: Judged = { symbols: [], times: [], sides: [], gross: [], cost: [], dropped: [] };

/** Trades by candidate; none where it has none. */
export function judgedBy(outcomes: Frame): (candidate: string) => Judged {
  const symbols = outcomes.texts('symbol');
  const times = outcomes.time('ts');
  const sides = outcomes.column('side');
  const kept = outcomes.flags('kept');
  const gross = outcomes.column('gross');
  const cost = outcomes.column('cost');
  const found = new Map<string, Lists>();
  for (const [i, candidate] of outcomes.texts('candidate').entries()) {
    const lists = found.get(candidate ?? '') ?? fresh();
    found.set(candidate ?? '', lists);
    if (kept[i] !== 1) {
      lists.dropped.push(gross[i] ?? NaN);
      continue;
    }
    lists.symbols.push(symbols[i] ?? '');
    lists.times.push(times[i] ?? NaN);
    lists.sides.push(sides[i] ?? NaN);
    lists.gross.push(gross[i] ?? NaN);
    lists.cost.push(cost[i] ?? NaN);
  }
  return (candidate) => found.get(candidate) ?? NONE;
}

interface Lists {
  readonly symbols: string[];
  readonly times: number[];
  readonly sides: number[];
  readonly gross: number[];
  readonly cost: number[];
  readonly dropped: number[];
}

function fresh(): Lists {
  return { symbols: [], times: [], sides: [], gross: [], cost: [], dropped: [] };
}
