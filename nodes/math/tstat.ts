import { present } from './missing.js';
import { deviation, mean } from './sum.js';
import { studentSf, studentTwoSided } from './tails.js';
import type { Vector } from './vector.js';

/** A mean tested against zero. `t` and the p-values are NaN when they have no meaning (n < 2, no spread). */
export interface MeanTest {
  /** How many values were present. */
  readonly n: number;
  readonly mean: number;
  /** Standard error of the mean. */
  readonly se: number;
  readonly t: number;
  readonly degrees: number;
  readonly twoSided: number;
  /** p-value against a mean above zero. */
  readonly greater: number;
}

/** Put a mean and its standard error into a test; t is NaN unless the error is above 0. */
export function meanTest(n: number, average: number, se: number, degrees: number): MeanTest {
  const t = se > 0 && degrees > 0 ? average / se : NaN;
  const known = !Number.isNaN(t);
  return {
    n,
    mean: average,
    se,
    t,
    degrees,
    twoSided: known ? studentTwoSided(t, degrees) : NaN,
    greater: known ? studentSf(t, degrees) : NaN,
  };
}

/** Student's one-sample test of a mean of independent values; NaN is skipped. */
export function tStatistic(values: Vector): MeanTest {
  const kept = present(values);
  const n = kept.length;
  return meanTest(n, mean(kept), deviation(kept) / Math.sqrt(n), n - 1);
}
