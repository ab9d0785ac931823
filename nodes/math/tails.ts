import { regularisedBeta } from './beta.js';
import { logBeta } from './gamma.js';
import { inRange } from './guard.js';
import { normalSf } from './normal.js';

const SQUARE_OVERFLOWS = 1e150;

/**
 * P(T > t) for Student's t, relative accuracy 1e-12 where it is 1e-20 and beyond; NaN gives NaN.
 * @param degrees  degrees of freedom, above 0, not necessarily whole; ∞ is the normal
 * @throws         math/out-of-range when degrees ≤ 0
 * @see            DLMF 8.17; Hill (1970), Student's t-distribution, CACM 13(10)
 */
export function studentSf(t: number, degrees: number): number {
  if (Number.isNaN(t) || Number.isNaN(degrees)) return NaN;
  if (t < 0) return 1 - studentSf(-t, degrees);
  return studentTwoSided(t, degrees) / 2;
}

/** P(|T| > |t|) for Student's t: the two-sided p-value, with the accuracy of {@link studentSf}. */
export function studentTwoSided(t: number, degrees: number): number {
  if (Number.isNaN(t) || Number.isNaN(degrees)) return NaN;
  inRange('degrees', degrees, degrees > 0, 'above 0');
  const size = Math.abs(t);
  if (degrees === Infinity) return 2 * normalSf(size);
  if (size > SQUARE_OVERFLOWS) return farTail(size, degrees);
  const square = size * size;
  const whole = degrees + square;
  return regularisedBeta(degrees / 2, 0.5, degrees / whole, square / whole);
}

/** The leading term of the tail, in logarithms; what it leaves out is smaller than 1e-299 of it. */
function farTail(size: number, degrees: number): number {
  if (size === Infinity) return 0;
  const half = degrees / 2;
  return Math.exp(half * (Math.log(degrees) - 2 * Math.log(size)) - logBeta(half, 0.5)) / half;
}

/** P(T ≤ t) for Student's t. */
export function studentCdf(t: number, degrees: number): number {
  return studentSf(-t, degrees);
}

/** Two-sided p-value of a standard normal statistic. */
export function normalTwoSided(z: number): number {
  return 2 * normalSf(Math.abs(z));
}
