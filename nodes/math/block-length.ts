import { atLeast } from './guard.js';
import { autocovariances } from './hac.js';
import type { Vector } from './vector.js';

/** Block lengths that fit a series' memory; not rounded. */
export interface BlockLength {
  readonly stationary: number;
  readonly circular: number;
}

/**
 * Automatic block length. 1. Find the lag from which kₙ autocorrelations stay within the band 2√(log₁₀ n/n). 2. Estimate
 * the spectrum at 0 with a flat-top window of twice that lag. 3. Balance the bias and variance of the bootstrap.
 * A flat series gives 1.
 * @param values  in time order, without gaps
 * @throws        math/too-few-rows below 10 values, math/not-finite
 * @see           Politis & White (2004), Econometric Reviews 23; corrected by Patton, Politis & White (2009)
 */
export function blockLength(values: Vector): BlockLength {
  const n = values.length;
  atLeast('an automatic block length', n, 10);
  const run = Math.max(5, Math.floor(Math.log10(n)));
  const most = Math.min(n - 1, Math.ceil(Math.sqrt(n)) + run);
  const covariances = autocovariances(values, most);
  const zero = covariances[0] ?? NaN;
  if (!(zero > 0)) return { stationary: 1, circular: 1 };
  const lag = memory(covariances, run, 2 * Math.sqrt(Math.log10(n) / n));
  const window = Math.min(most, 2 * Math.max(lag ?? most, 1));
  let slope = 0;
  let level = zero;
  for (let k = 1; k <= window; k++) {
    const share = k / window;
    const weight = share <= 0.5 ? 1 : 2 * (1 - share);
    slope += 2 * weight * k * (covariances[k] ?? NaN);
    level += 2 * weight * (covariances[k] ?? NaN);
  }
  const cap = Math.ceil(Math.min(3 * Math.sqrt(n), n / 3));
  const length = (scale: number) =>
    Math.max(1, Math.min(cap, Math.cbrt(((2 * slope * slope) / (scale * level * level)) * n)));
  return { stationary: length(2), circular: length(4 / 3) };
}

/** The first lag from which on `run` autocorrelations stay within the band; undefined if there is none. */
function memory(covariances: Float64Array, run: number, band: number): number | undefined {
  const zero = covariances[0] ?? NaN;
  for (let lag = 1; lag + run <= covariances.length; lag++) {
    const next = covariances.subarray(lag, lag + run);
    if (next.every((c) => Math.abs(c / zero) < band)) return lag;
  }
  return undefined;
}
