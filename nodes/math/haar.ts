import { wholeAtLeast } from './guard.js';
import { present } from './missing.js';
import type { Vector } from './vector.js';

/**
 * Share of a series' energy in its differences at scales 1, 2, 4 (Haar wavelets): white noise scores about 0.88, a slow
 * wave near 0. Odd lengths repeat their last value. NaN below two values or without any energy.
 * @param depth  scales at most; fewer when the series is short
 * @see          Mallat (2008), A Wavelet Tour of Signal Processing, chapter 7
 */
export function turbulence(values: Vector, depth = 3): number {
  wholeAtLeast('depth', depth, 1);
  let level = present(values);
  let detail = 0;
  for (let scale = 0, width = level.length; scale < depth && width >= 2; scale++, width /= 2) {
    const half = Math.ceil(level.length / 2);
    const next = new Float64Array(half);
    for (let k = 0; k < half; k++) {
      const a = level[2 * k] ?? NaN;
      const b = level[2 * k + 1] ?? a;
      next[k] = (a + b) / Math.SQRT2;
      detail += ((a - b) * (a - b)) / 2;
    }
    level = next;
  }
  const rest = level.reduce((sum, x) => sum + x * x, 0);
  return values.length >= 2 && detail + rest > 0 ? detail / (detail + rest) : NaN;
}
