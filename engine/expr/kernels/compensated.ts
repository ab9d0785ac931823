import { isMissing } from './missing.js';
/** Room for so many compensated sums: each is its running value and what its additions have lost. */
export function sums(count: number): Float64Array {
  return new Float64Array(2 * count);
}

/**
 * Add to a compensated sum (Knuth’s two-sum): the total keeps its digits however large the values that came and went.
 * @param at  twice the number of the sum.
 * @see       Ogita, Rump & Oishi (2005), Accurate sum and dot product, SIAM J. Sci. Comput. 26(6), algorithm 4.3
 */
export function add(state: Float64Array, at: number, v: number): void {
  const sum = state[at] ?? 0;
  const more = sum + v;
  const moved = more - sum;
  state[at] = more;
  state[at + 1] = (state[at + 1] ?? 0) + (sum - (more - moved) + (v - moved));
}

/** The value of a compensated sum. */
export function total(state: Readonly<Float64Array>, at: number): number {
  return (state[at] ?? 0) + (state[at + 1] ?? 0);
}

/** The mean of the known rows from `from` to `to`, off by no more than its own rounding where they are nearly equal; 0 if none is known. */
export function centerOf(x: Readonly<Float64Array>, from: number, to: number): number {
  let first = Number.NaN;
  let known = 0;
  let off = 0;
  for (let j = from; j <= to; j += 1) {
    const v = x[j] ?? Number.NaN;
    if (isMissing(v)) continue;
    if (known === 0) first = v;
    known += 1;
    off += v - first;
  }
  return known === 0 ? 0 : first + off / known;
}

/** How far a mean may move from its centre, in squared deviations: digits of a variance are lost in this proportion. */
const FAR = 64;
/** A sum of powers this much below its largest value since it was rebuilt may have lost digits. */
export const LEAST_LEFT = 1e-10;

/**
 * Whether sums about a centre have lost digits: the mean is far from it, or a far value has gone. NaN after an overflow counts.
 * @param off   sum of the distances from the centre; `squares` of their squares; `peak` the largest such since the rebuild.
 */
export function worn(off: number, squares: number, known: number, peak: number): boolean {
  return !(off * off * (1 + FAR) <= FAR * known * squares && squares >= peak * LEAST_LEFT);
}
