import { exp, log } from '../numeric.js';

const SQRT_HALF = Math.SQRT1_2;
const TWO_OVER_SQRT_PI = 1.1283791670955126;
const SQRT_TWO_PI = 2.5066282746310002;
/** Below it the series of erf is short and loses nothing; above it the continued fraction is. */
const SERIES_LIMIT = 2.2;

/** Φ(z), the standard normal distribution function; relative accuracy 1e-12 down to 1e-300. */
export function normalCdf(z: number): number {
  return z <= 0 ? 0.5 * erfc(-z * SQRT_HALF) : 1 - 0.5 * erfc(z * SQRT_HALF);
}

/** erfc for x ≥ 0. */
function erfc(x: number): number {
  if (x < SERIES_LIMIT) return 1 - erfSeries(x);
  return (exp(-x * x) * TWO_OVER_SQRT_PI * 0.5) / erfcFraction(x);
}

/** erf(x) = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!!; all terms positive. */
function erfSeries(x: number): number {
  const twice = 2 * x * x;
  let term = x;
  let sum = x;
  for (let odd = 3; term > sum * 1e-17; odd += 2) {
    term *= twice / odd;
    sum += term;
  }
  return TWO_OVER_SQRT_PI * exp(-x * x) * sum;
}

/** x + (1/2)/(x + 1/(x + (3/2)/(x + …))), evaluated from its tail. */
function erfcFraction(x: number): number {
  const terms = Math.ceil(20 + 500 / (x * x));
  let value = x;
  for (let k = terms; k >= 1; k -= 1) value = x + (k * 0.5) / value;
  return value;
}

/** Φ⁻¹(p) for 0 < p < 1, else NaN: Acklam's start (relative error 1e-9), then a step of Halley's method. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return Number.NaN;
  if (p > 0.5) return -lowerQuantile(1 - p);
  return lowerQuantile(p);
}

function lowerQuantile(p: number): number {
  let z = acklam(p);
  for (let step = 0; step < 2; step += 1) {
    const density = exp(-0.5 * z * z) / SQRT_TWO_PI;
    if (density === 0) return z;
    const u = (normalCdf(z) - p) / density;
    z -= u / (1 + 0.5 * z * u);
  }
  return z;
}

/** Acklam (2003), An algorithm for computing the inverse normal cumulative distribution function; p ≤ ½. */
function acklam(p: number): number {
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * log(p));
    const top =
      ((((-7.784894002430293e-3 * q - 0.3223964580411365) * q - 2.400758277161838) * q -
        2.549732539343734) *
        q +
        4.374664141464968) *
        q +
      2.938163982698783;
    const bottom =
      (((7.784695709041462e-3 * q + 0.3224671290700398) * q + 2.445134137142996) * q +
        3.754408661907416) *
        q +
      1;
    return top / bottom;
  }
  const q = p - 0.5;
  const r = q * q;
  const top =
    ((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r +
      138.357751867269) *
      r -
      30.66479806614716) *
      r +
    2.506628277459239;
  const bottom =
    ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r +
      66.80131188771972) *
      r -
      13.28068155288572) *
      r +
    1;
  return (top * q) / bottom;
}
