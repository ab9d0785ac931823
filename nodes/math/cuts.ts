import { lowerBound } from './locate.js';
import { present } from './missing.js';
import { quantileOfSorted } from './quantile.js';
import type { Vector } from './vector.js';

/**
 * Quantiles (type 7) that cut a sample into parts; undefined where there is nothing to cut: too few values, or all the same.
 * @param values  NaN is skipped
 * @param shares  shares below each cut, ascending, from 0 to 1
 * @param least   values there must be
 * @returns       ascending
 * @throws        math/out-of-range when a share is none
 */
export function cutsOf(
  values: Vector,
  shares: readonly number[],
  least: number,
): Float64Array | undefined {
  const sorted = present(values).sort();
  if (sorted.length < least || sorted[0] === sorted[sorted.length - 1]) return undefined;
  return Float64Array.from(shares, (q) => quantileOfSorted(sorted, q));
}

/**
 * How many cuts a value lies beyond; NaN lies nowhere: −1. What equals a cut lies below it, so that however many values tie, no
 * more than a fifth of a sample is beyond its 0.8 quantile.
 * @param cuts  ascending
 */
export function bucketOf(cuts: Vector, value: number): number {
  return Number.isNaN(value) ? -1 : lowerBound(cuts, value);
}
