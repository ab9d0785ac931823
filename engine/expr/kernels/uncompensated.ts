/** A sum of squares this much below its largest value since it was rebuilt has lost too many digits. */
export const LEAST_SHARE = 1e-3;

/**
 * Whether plain sums about a centre have lost more than about three digits: the mean is more than two deviations from it, or
 * a far value has gone. NaN after an overflow counts.
 * @param off   sum of the distances from the centre; `squares` of their squares; `peak` the largest such since the rebuild.
 */
export function lossy(off: number, squares: number, known: number, peak: number): boolean {
  return !(off * off <= 4 * (known * squares - off * off) && squares >= peak * LEAST_SHARE);
}
