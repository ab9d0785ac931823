import { regularisedBeta } from './beta.js';
import { inRange, wholeAtLeast } from './guard.js';

/** A share of trials with the limits that are certain to cover the true one at the stated confidence. */
export interface Proportion {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Halvings of the unit interval until nothing of a double is left to halve. */
const HALVINGS = 60;

/**
 * Share of trials that came out, with the exact two-sided interval.
 * @param level  confidence, 0.95 by default
 * @returns      NaN as share and [0, 1] without trials
 * @throws       math/out-of-range unless 0 ≤ hits ≤ trials are whole numbers and 0 < level < 1
 * @see          Clopper & Pearson (1934), Biometrika 26(4)
 */
export function clopperPearson(hits: number, trials: number, level = 0.95): Proportion {
  wholeAtLeast('trials', trials, 0);
  wholeAtLeast('hits', hits, 0);
  inRange('hits', hits, hits <= trials, `at most ${trials}`);
  inRange('level', level, level > 0 && level < 1, 'between 0 and 1');
  if (trials === 0) return { share: NaN, low: 0, high: 1 };
  const tail = (1 - level) / 2;
  const misses = trials - hits;
  return {
    share: hits / trials,
    low: hits === 0 ? 0 : root((x) => regularisedBeta(hits, misses + 1, x, 1 - x) - tail),
    high: misses === 0 ? 1 : root((x) => regularisedBeta(hits + 1, misses, x, 1 - x) - 1 + tail),
  };
}

/** Where a function that rises from below zero to above it over [0, 1] is zero. */
function root(rising: (x: number) => number): number {
  let low = 0;
  let high = 1;
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
