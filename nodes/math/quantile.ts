import { inRange } from './guard.js';
import { present } from './missing.js';
import type { Vector } from './vector.js';

/**
 * Quantile of values in ascending order without gaps, linear between order statistics (type 7). No values give NaN.
 * @param q  share below, from 0 to 1
 * @throws   math/out-of-range when q is not a share
 * @see      Hyndman & Fan (1996), Sample Quantiles in Statistical Packages, American Statistician 50(4)
 */
export function quantileOfSorted(sorted: Vector, q: number, length = sorted.length): number {
  inRange('q', q, q >= 0 && q <= 1, 'from 0 to 1');
  if (length === 0) return NaN;
  const place = (length - 1) * q;
  const below = Math.floor(place);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, length - 1)] ?? NaN;
  return low + (high - low) * (place - below);
}

/** Quantile (type 7) of what is present; NaN is skipped. For several quantiles of one sample sort once. */
export function quantile(values: Vector, q: number): number {
  return quantileOfSorted(present(values).sort(), q);
}

/** The middle value, or the middle of the two middle ones; NaN is skipped. */
export function median(values: Vector): number {
  return quantile(values, 0.5);
}
