import { isMissing } from './missing.js';
import { PairCount } from './pair-count.js';

/** Rows that are placed together beyond those of a window, so that short windows are not placed at every other row. */
const LEAST = 256;

/**
 * Rolling Kendall τ-b over the rows where both series are known. Pairs are counted as whole numbers, added for the row that
 * enters and removed for the one that leaves, so bits do not depend on where the data start. Rows are taken in blocks of a
 * window's length: those of a block and the window before it are placed in sorted order once, and a row is compared with a
 * window by counting places.
 * @param out  NaN with fewer than `min` known pairs, and where either side has but one value.
 * @see        Kendall (1945), The treatment of ties in ranking problems, Biometrika 33
 */
export function rollingKendall(
  x: Readonly<Float64Array>,
  y: Readonly<Float64Array>,
  window: number,
  min: number,
  out: Float64Array,
): void {
  const [a, b] = bothKnown(x, y);
  const reach = Math.min(window, a.length);
  const block = Math.max(reach, LEAST);
  const pairs = new PairCount(reach + block);
  for (let start = 0; start < a.length; start += block) {
    const base = Math.max(0, start - reach);
    const end = Math.min(start + block, a.length);
    pairs.place(a, b, [base, end], start - base);
    for (let i = start; i < end; i += 1) {
      if (i >= reach) pairs.leave(i - reach - base);
      pairs.enter(i - base);
      out[i] = pairs.known < min ? Number.NaN : pairs.tau;
    }
  }
}

/** The two series with a row missing on both sides where it is on one. */
function bothKnown(
  x: Readonly<Float64Array>,
  y: Readonly<Float64Array>,
): readonly [Float64Array, Float64Array] {
  const a = x.slice();
  const b = y.slice();
  for (let i = 0; i < a.length; i += 1) {
    if (isMissing(a[i] ?? Number.NaN)) b[i] = Number.NaN;
    else if (isMissing(b[i] ?? Number.NaN)) a[i] = Number.NaN;
  }
  return [a, b];
}
