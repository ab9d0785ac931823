import { log } from '../numeric.js';
import { KnownWindow } from './known-window.js';
import { ordinalPatterns } from './ordinal-patterns.js';
import { PatternCounter } from './pattern-counter.js';

/** How a window is read. */
export interface PatternWindow {
  /** Rows; Infinity for all so far. */
  readonly window: number;
  readonly order: number;
  readonly delay: number;
  /** Patterns without a missing row that are needed. */
  readonly min: number;
  /** Whether what independent values fall short of 1 by is added. */
  readonly corrected: boolean;
}

/**
 * By order, from 2 on: 2n times what the entropy of n overlapping patterns of independent values misses of ln(order!), to
 * first order in 1/n. It is Σ Var(c)/(n·p) over patterns with counts c. If patterns were independent this would be order! − 1,
 * the correction of Miller and Madow; but they share rows, so a pattern is seldom followed by itself, the counts vary
 * less, and order! − 1 lifts white noise above 1. The test derives the numbers by counting orderings in which a pattern
 * stands twice.
 * @see Miller (1955), Note on the bias of information estimates; Weiß (2022), Chaos 32(9), for the covariances of patterns
 */
export const SHORTFALL: readonly number[] = [
  1 / 3,
  17 / 5,
  711 / 35,
  7253 / 63,
  164_903 / 231,
  2_158_963 / 429,
];

/** In how many ways so many values can be ordered. */
export function orderings(order: number): number {
  let all = 1;
  for (let k = 2; k <= order; k += 1) all *= k;
  return all;
}

/**
 * Rolling permutation entropy over the patterns that lie inside the window, from a counter for each kind; equal bits wherever
 * the data start.
 * @param out  from 0 to 1; NaN with fewer than `min` patterns, and where all known values of the window are equal.
 */
export function rollingPermutationEntropy(
  x: Readonly<Float64Array>,
  { window, order, delay, min, corrected }: PatternWindow,
  out: Float64Array,
): void {
  const patterns = ordinalPatterns(x, order, delay);
  const kinds = orderings(order);
  const most = log(kinds);
  const shortfall = corrected ? (SHORTFALL[order - 2] ?? Number.NaN) / 2 : 0;
  const counter = new PatternCounter(kinds);
  const seen = new KnownWindow(window);
  const inside = window - (order - 1) * delay;
  for (let i = 0; i < x.length; i += 1) {
    seen.move(x, i);
    counter.move(patterns[i] ?? -1, 1);
    if (i >= inside) counter.move(patterns[i - inside] ?? -1, -1);
    const share = (counter.entropy() + shortfall / counter.all) / most;
    out[i] = counter.all < min || seen.flat ? Number.NaN : Math.max(0, Math.min(share, 1));
  }
}
