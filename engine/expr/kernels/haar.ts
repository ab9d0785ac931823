/**
 * Share of the energy (sum of squares) of the last `window` rows that lies in their differences at the `depth` finest scales
 * of the Haar wavelet; an odd length repeats its last value. Sums and differences are left unscaled and their squares halved
 * once a scale, which is exact.
 * @param out  from 0 to 1; NaN where a row of the window is missing, or all are 0.
 * @see        Mallat (2008), A Wavelet Tour of Signal Processing, chapter 7
 */
export function rollingHaarEnergy(
  x: Readonly<Float64Array>,
  window: number,
  depth: number,
  out: Float64Array,
): void {
  const level = new Float64Array(Math.min(window, x.length) + 1);
  let known = 0;
  for (let i = 0; i < x.length; i += 1) {
    known = Number.isNaN(x[i] ?? Number.NaN) ? 0 : known + 1;
    if (known < window) out[i] = Number.NaN;
    else {
      for (let j = 0; j < window; j += 1) level[j] = x[i - window + 1 + j] ?? Number.NaN;
      out[i] = detailShare(level, window, depth);
    }
  }
}

/** Overwrites the level. */
function detailShare(level: Float64Array, rows: number, depth: number): number {
  let length = rows;
  let detail = 0;
  let weight = 1;
  for (let scale = 0; scale < depth && rows * weight >= 2; scale += 1) {
    if (length % 2 === 1) level[length] = level[length - 1] ?? Number.NaN;
    weight /= 2;
    length = Math.ceil(length / 2);
    for (let k = 0; k < length; k += 1) {
      const a = level[2 * k] ?? Number.NaN;
      const b = level[2 * k + 1] ?? Number.NaN;
      level[k] = a + b;
      detail += weight * (a - b) * (a - b);
    }
  }
  let rest = 0;
  for (let k = 0; k < length; k += 1) rest += weight * (level[k] ?? 0) * (level[k] ?? 0);
  const share = detail / (detail + rest);
  return share - share === 0 ? share : Number.NaN;
}
