import type { Counted } from './seen.js';

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
 * @param seen  Occurrences, counted.
 * @param bars  Bars they were looked for in.
 */
export function measured(seen: Counted, bars: number, moved: readonly Moved[]): Measures {
  const { count, distances, short, joined, up, down, nearGaps } = seen;
  return {
    bars,
    count,
    per_10k: (count / bars) * 10_000,
    distances,
    clustered: short / distances,
    joined: joined / count,
    up: up / count,
    down: down / count,
    near_gaps: nearGaps / count,
    elasticity: elasticity(count, moved),
  };
}

/** The larger of |Δn / n| / |Δθ / θ| on either side. */
export function elasticity(count: number, moved: readonly Moved[]): number {
  if (count === 0 || moved.length === 0) return NaN;
  return Math.max(...moved.map((m) => Math.abs(m.count - count) / count / m.change));
}
