import { isMissing } from './missing.js';

/**
 * Rolling largest known value. Rows are taken in blocks of a window's length, so that a window is the end of one block and the
 * start of the next: the best of each start is known on the way, that of each end from a walk back. Of equals the latest is taken.
 * @param sign  1 for the largest, −1 for the smallest.
 * @param out   NaN where fewer than `min` rows are known.
 * @see         van Herk (1992), A fast algorithm for local minimum and maximum filters, Pattern Recognition Letters 13(7)
 */
export function rollingExtreme(
  x: Readonly<Float64Array>,
  window: number,
  min: number,
  sign: 1 | -1,
  out: Float64Array,
): void {
  const block = Math.min(window, x.length);
  const ends = new Float64Array(block + 1).fill(Number.NEGATIVE_INFINITY);
  for (let start = 0; start < x.length; start += block) {
    let best = Number.NEGATIVE_INFINITY;
    for (let i = start; i < Math.min(start + block, x.length); i += 1) {
      const value = sign * (x[i] ?? Number.NaN);
      if (value >= best) best = value;
      const before = ends[i - start + 1] ?? best;
      out[i] = sign * best;
      if (before > best) out[i] = sign * before;
    }
    if (start + block < x.length) walkBack(x, start, sign, ends);
  }
  dropUnknown(x, window, min, out);
}

/** Set the best from each row of a block to its end; none from beyond it. */
function walkBack(
  x: Readonly<Float64Array>,
  start: number,
  sign: 1 | -1,
  ends: Float64Array,
): void {
  let best = Number.NEGATIVE_INFINITY;
  for (let k = ends.length - 2; k >= 0; k -= 1) {
    const value = sign * (x[start + k] ?? Number.NaN);
    if (value > best) best = value;
    ends[k] = best;
  }
}

/** Leave out rows whose window has too few known ones. */
function dropUnknown(
  x: Readonly<Float64Array>,
  window: number,
  min: number,
  out: Float64Array,
): void {
  let known = 0;
  for (let i = 0; i < x.length; i += 1) {
    if (!isMissing(x[i] ?? Number.NaN)) known += 1;
    if (i >= window && !isMissing(x[i - window] ?? Number.NaN)) known -= 1;
    if (known < min) out[i] = Number.NaN;
  }
}
