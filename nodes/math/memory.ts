import { chiSquareSf } from './chi-square.js';
import { autocovariances } from './hac.js';
import { present } from './missing.js';
import { mean } from './sum.js';
import type { Vector } from './vector.js';

/** Autocorrelation at one lag: Pearson's, of the series with itself shifted; NaN when too short or flat. */
export function autocorrelation(values: Vector, lag: number): number {
  const kept = present(values);
  const n = kept.length - lag;
  if (n < 2) return NaN;
  const early = kept.subarray(0, n);
  const late = kept.subarray(lag);
  const [a, b] = [mean(early), mean(late)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let t = 0; t < n; t++) {
    const x = (early[t] ?? NaN) - a;
    const y = (late[t] ?? NaN) - b;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : NaN;
}

/** How many of the first lags, at most `most`, have autocorrelation above `least` before the first that has not. */
export function memoryDepth(values: Vector, most = 20, least = 0.02): number {
  let depth = 0;
  while (depth < most && autocorrelation(values, depth + 1) > least) depth++;
  return depth;
}

/**
 * Half-life of the deviations of a level from its mean: −ln 2 / slope of Δp on p, between 0.5 and 500 bars.
 * NaN when the level does not revert (slope ≥ 0) or is flat.
 */
export function halfLife(level: Vector): number {
  const n = level.length - 1;
  const before = Float64Array.from({ length: Math.max(0, n) }, (_, t) => level[t] ?? NaN);
  const change = before.map((p, t) => (level[t + 1] ?? NaN) - p);
  const [a, b] = [mean(before), mean(change)];
  let [together, alone] = [0, 0];
  for (const [t, p] of before.entries()) {
    const c = change[t] ?? NaN;
    if (Number.isNaN(p) || Number.isNaN(c)) continue;
    together += (p - a) * (c - b);
    alone += (p - a) * (p - a);
  }
  const slope = together / alone;
  return slope < 0 ? Math.max(0.5, Math.min(-Math.LN2 / slope, 500)) : NaN;
}

/**
 * The least p-value of the Ljung–Box tests with 1 … `lags` lags: small when returns depend on their past. NaN when the
 * series is flat or not longer than the lags.
 * @see Ljung & Box (1978), Biometrika 65
 */
export function ljungBox(values: Vector, lags = 5): number {
  const kept = present(values);
  const n = kept.length;
  if (n <= lags + 1) return NaN;
  const covariances = autocovariances(kept, lags);
  const zero = covariances[0] ?? NaN;
  if (!(zero > 0)) return NaN;
  let statistic = 0;
  let least = 1;
  for (let k = 1; k <= lags; k++) {
    const rho = (covariances[k] ?? NaN) / zero;
    statistic += (n * (n + 2) * rho * rho) / (n - k);
    least = Math.min(least, chiSquareSf(statistic, k));
  }
  return least;
}
