import { inRange, sameSize } from './guard.js';
import { power } from './power.js';
import { type MeanTest, meanTest } from './tstat.js';
import type { Vector } from './vector.js';

/** A weighted mean tested against zero; `n` is the effective number of values. */
export interface WeightedTest extends MeanTest {
  /** Variance with divisor Σw, and unbiased with divisor Σw − Σw²/Σw. */
  readonly biased: number;
  readonly unbiased: number;
}

/** Weights that fall by a factor e every `tau` days of age, never below `floor`.
 * @throws math/out-of-range for a tau not above 0 or a floor that is no share */
export function ageWeights(ages: Vector, tau: number, floor: number): Float64Array {
  inRange('tau', tau, tau > 0, 'above 0');
  inRange('floor', floor, floor >= 0 && floor <= 1, 'from 0 to 1');
  return Float64Array.from(ages, (age) => Math.max(floor, Math.exp(-age / tau)));
}

/** Kish's effective number of values, (Σw)²/Σw²: n for equal weights. */
export function effectiveSize(weights: Vector): number {
  let first = 0;
  let second = 0;
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i] ?? NaN;
    first += w;
    second += w * w;
  }
  return first > 0 ? power(first, 2) / second : 0;
}

/**
 * Weighted mean with its t-test: standard error √(unbiased variance / n_eff), n_eff − 1 degrees of freedom.
 * Pairs with a missing value are skipped.
 * @param weights  0 or more
 * @throws         math/sizes-differ, math/out-of-range for a weight below 0
 */
export function weightedMean(values: Vector, weights: Vector): WeightedTest {
  sameSize('values and their weights', values.length, weights.length);
  const kept: { readonly x: number; readonly w: number }[] = [];
  for (let i = 0; i < values.length; i++) {
    const [x, w] = [values[i] ?? NaN, weights[i] ?? NaN];
    if (Number.isNaN(x) || Number.isNaN(w)) continue;
    inRange('weight', w, w >= 0, '0 or more');
    kept.push({ x, w });
  }
  const first = kept.reduce((s, { w }) => s + w, 0);
  const second = kept.reduce((s, { w }) => s + w * w, 0);
  const mean = kept.reduce((s, { x, w }) => s + w * x, 0) / first;
  const squares = kept.reduce((s, { x, w }) => s + w * (x - mean) * (x - mean), 0);
  const free = first - second / first;
  const unbiased = free > 0 ? squares / free : NaN;
  const n = effectiveSize(kept.map(({ w }) => w));
  const test = meanTest(n, mean, Math.sqrt(unbiased / n), n - 1);
  return { ...test, biased: squares / first, unbiased };
}
