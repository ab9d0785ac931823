import { dayMean } from './day-mean.js';
import { mean, variance } from './sum.js';
import type { Vector } from './vector.js';

/** What the outcomes of one hypothesis say about its mean. */
export interface Expectancy {
  readonly n: number;
  /** How many days had an outcome. */
  readonly days: number;
  readonly mean: number;
  /** Standard error, with outcomes of one day allowed to move together. */
  readonly se: number;
  readonly t: number;
  /** One-sided p-value against a mean above zero, t with days − 1 degrees of freedom. */
  readonly p: number;
  /** As many independent outcomes as would give this error: variance / se². */
  readonly effective: number;
  /** The mean has one sign, and not zero, in the first and the second half of the outcomes. */
  readonly stable: boolean;
}

/**
 * Expectancy of outcomes in order of time, with an error clustered by day (CR1): outcomes of one day, of one symbol or
 * several, may depend on each other, those of different days may not unless they reach that far.
 * @param outcomes  returns of decisions, net of what they cost
 * @param days      the day of each
 * @param weights   of each, above 0; equal without
 * @param reach     how many days on those of other symbols may still depend on it
 * @throws          math/sizes-differ; math/too-few-rows with fewer than two days
 * @see             Cameron & Miller (2015), Journal of Human Resources 50(2)
 */
export function expectancy(
  outcomes: Vector,
  days: Vector,
  weights?: Vector,
  reach = 0,
): Expectancy {
  const test = dayMean(outcomes, days, weights, reach);
  const half = outcomes.length >> 1;
  const values = Float64Array.from(outcomes);
  const early = Math.sign(mean(values.subarray(0, half)));
  const late = Math.sign(mean(values.subarray(half)));
  return {
    n: test.n,
    days: test.days,
    mean: test.mean,
    se: test.se,
    t: test.t,
    p: test.greater,
    effective: test.se > 0 ? variance(outcomes) / (test.se * test.se) : NaN,
    stable: early === late && early !== 0 && !Number.isNaN(early),
  };
}
