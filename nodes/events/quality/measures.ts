import type { Seen } from './seen.js';

/** What some occurrences of one event are like; NaN where there is nothing to measure. */
export interface Measures {
  readonly bars: number;
  readonly count: number;
  readonly per_10k: number;
  /** From one occurrence to the next in its symbol. */
  readonly distances: number;
  /** Share of the distances that are short. */
  readonly clustered: number;
  readonly joined: number;
  readonly up: number;
  readonly down: number;
  readonly near_gaps: number;
  readonly elasticity: number;
}

/** Occurrences under a moved threshold: how many, and how far it was moved. */
export interface Moved {
  readonly count: number;
  /** Share of the threshold. */
  readonly change: number;
}

/**
 * @param seen   Occurrences in order of time; of several symbols they may be mixed.
 * @param bars   Bars they were looked for in.
 * @param short  Milliseconds: neighbours of one symbol no further apart are clustered.
 */
export function measured(
  seen: readonly Seen[],
  bars: number,
  short: number,
  moved: readonly Moved[],
): Measures {
  const count = seen.length;
  const share = (kept: (one: Seen) => boolean) => seen.filter(kept).length / count;
  return {
    bars,
    count,
    per_10k: (count / bars) * 10_000,
    ...clustered(seen, short),
    joined: share((one) => one.joined),
    up: share((one) => one.direction > 0),
    down: share((one) => one.direction < 0),
    near_gaps: share((one) => one.nearGap),
    elasticity: elasticity(count, moved),
  };
}

function clustered(seen: readonly Seen[], short: number) {
  const last = new Map<string, number>();
  let [close, all] = [0, 0];
  for (const { symbol, ts } of seen) {
    const before = last.get(symbol);
    last.set(symbol, ts);
    if (before === undefined) continue;
    all++;
    if (ts - before <= short) close++;
  }
  return { distances: all, clustered: close / all };
}

/** The larger of |Δn / n| / |Δθ / θ| on either side. */
export function elasticity(count: number, moved: readonly Moved[]): number {
  if (count === 0 || moved.length === 0) return NaN;
  return Math.max(...moved.map((m) => Math.abs(m.count - count) / count / m.change));
}
