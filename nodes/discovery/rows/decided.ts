import type { Frame } from '../../../engine/sdk/index.js';

/** Decisions of one template on one event, in order of time. */
export interface Decided {
  readonly symbols: readonly string[];
  /** Opens of the bars that the signals completed, UTC milliseconds. */
  readonly signals: readonly number[];
  /** Opens of the bars at whose close it was decided. */
  readonly times: readonly number[];
  readonly sides: readonly number[];
  /** False where a filter leaves the decision out. */
  readonly kept: readonly boolean[];
}

/** The decisions of an event and template; none where there are none. */
export type DecisionsOf = (event: string, template: string) => Decided;

const NONE: Decided = { symbols: [], signals: [], times: [], sides: [], kept: [] };

/** Decisions by event and template. */
export function decisionsBy(decisions: Frame): DecisionsOf {
  const events = decisions.texts('event');
  const templates = decisions.texts('template');
  const symbols = decisions.texts('symbol');
  const signals = decisions.time('signal');
  const times = decisions.time('ts');
  const sides = decisions.column('side');
  const kept = decisions.flags('kept');
  const found = new Map<string, Lists>();
  for (const [i, event] of events.entries()) {
    const key = keyOf(event ?? '', templates[i] ?? '');
    const lists = found.get(key) ?? { symbols: [], signals: [], times: [], sides: [], kept: [] };
    found.set(key, lists);
    lists.symbols.push(symbols[i] ?? '');
    lists.signals.push(signals[i] ?? NaN);
    lists.times.push(times[i] ?? NaN);
    lists.sides.push(sides[i] ?? NaN);
    lists.kept.push(kept[i] === 1);
  }
  return (event, template) => found.get(keyOf(event, template)) ?? NONE;
}

interface Lists {
  readonly symbols: string[];
  readonly signals: number[];
  readonly times: number[];
  readonly sides: number[];
  readonly kept: boolean[];
}

function keyOf(event: string, template: string): string {
  return `${event}\n${template}`;
}
