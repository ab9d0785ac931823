import { wholeAtLeast } from './guard.js';
import { median } from './quantile.js';
import { SortedWindow } from './sorted-window.js';
import type { Vector } from './vector.js';

/** Makes the median absolute deviation an estimate of the standard deviation of normal data: 1 / Φ⁻¹(¾), as customary. */
export const MAD_TO_SIGMA = 1.4826;

/** Middle and spread that one far value cannot move: the median and 1.4826·MAD. NaN is skipped; nothing gives NaN. */
export function mad(values: Vector): { readonly center: number; readonly scale: number } {
  const center = median(values);
  const scale = MAD_TO_SIGMA * median(Float64Array.from(values, (x) => Math.abs(x - center)));
  return { center, scale };
}

/**
 * Median and 1.4826·MAD of the `window` rows before each row; the row itself is not in its own window.
 * Rows with fewer than `window` rows before them, or fewer than `least` present values among those, get NaN.
 * A flat window has scale 0, so every different value is then infinitely far.
 * @param least  how many of the window's values must be present; half of them, rounded up, if not told
 * @throws       math/out-of-range when window < 2 or least < 1
 * @see          Hampel (1974), The Influence Curve and Its Role in Robust Estimation, JASA 69(346)
 */
export function trailingMad(
  values: Vector,
  window: number,
  least = Math.ceil(window / 2),
): { readonly center: Float64Array; readonly scale: Float64Array } {
  wholeAtLeast('window', window, 2);
  wholeAtLeast('least', least, 1);
  const center = new Float64Array(values.length).fill(NaN);
  const scale = new Float64Array(values.length).fill(NaN);
  const sorted = new SortedWindow(window + 1);
  for (let t = 1; t < values.length; t++) {
    const entering = values[t - 1] ?? NaN;
    const leaving = values[t - 1 - window] ?? NaN;
    sorted.slide(leaving, entering);
    if (t < window || sorted.size < least) continue;
    const middle = sorted.median();
    center[t] = middle;
    scale[t] = MAD_TO_SIGMA * sorted.medianDistance(middle);
  }
  return { center, scale };
}
