import { missing } from './missing.js';
import { mean, variance } from './sum.js';
import type { Vector } from './vector.js';

/** The first four moments of what is present. */
export interface Moments {
  /** How many values were present. */
  readonly n: number;
  readonly mean: number;
  /** Standard deviation with divisor n − 1; NaN for n < 2. */
  readonly deviation: number;
  /** Population skewness m₃ / m₂^1.5; NaN for a flat series. */
  readonly skew: number;
  /** Population kurtosis m₄ / m₂², raw: 3 for the normal; NaN for a flat series. */
  readonly kurtosis: number;
}

/** Moments of a series, NaN skipped. Skewness and raw kurtosis divide by n, as PSR and DSR want them. */
export function moments(values: Vector): Moments {
  const center = mean(values);
  const spread = variance(values, 0);
  const n = values.length - missing(values);
  const deviation = n > 1 ? Math.sqrt((spread * n) / (n - 1)) : NaN;
  if (!(spread > 0)) return { n, mean: center, deviation, skew: NaN, kurtosis: NaN };
  // In units of the deviation powers neither vanish nor overflow, whatever the size of returns.
  const unit = Math.sqrt(spread);
  let third = 0;
  let fourth = 0;
  for (let i = 0; i < values.length; i++) {
    const d = ((values[i] ?? NaN) - center) / unit;
    if (Number.isNaN(d)) continue;
    third += d * d * d;
    fourth += d * d * d * d;
  }
  return { n, mean: center, deviation, skew: third / n, kurtosis: fourth / n };
}

/** Skewness with the bias adjustment √(n(n−1))/(n−2) of statistics packages; NaN for n < 3 or a flat series. */
export function adjustedSkew(values: Vector): number {
  const { n, skew } = moments(values);
  return n < 3 ? NaN : (skew * Math.sqrt(n * (n - 1))) / (n - 2);
}

/** Excess kurtosis with the bias adjustment of statistics packages; NaN for n < 4 or a flat series. */
export function adjustedExcessKurtosis(values: Vector): number {
  const { n, kurtosis } = moments(values);
  return n < 4 ? NaN : ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * (kurtosis - 3) + 6);
}
