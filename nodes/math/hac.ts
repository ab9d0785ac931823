import { allFinite, atLeast, wholeAtLeast } from './guard.js';
import { power } from './power.js';
import { mean } from './sum.js';
import { type MeanTest, meanTest } from './tstat.js';
import { numbersOf, type Vector } from './vector.js';

/** A mean tested with an error that allows for serial correlation. */
export interface HacTest extends MeanTest {
  readonly lags: number;
}

/** How the error is estimated. */
export interface HacOptions {
  /** Multiply the variance by n/(n − 1). */
  readonly smallSample?: boolean | undefined;
}

/** Autocovariances γ₀ … γ_lags with divisor n. @throws math/not-finite: a gap would shift the lags */
export function autocovariances(values: Vector, lags: number): Float64Array {
  allFinite('a series with lags', values);
  const n = values.length;
  const center = mean(values);
  const away = numbersOf(n, (i) => (values[i] ?? NaN) - center);
  const out = new Float64Array(lags + 1);
  for (let k = 0; k <= lags; k++) {
    let total = 0;
    for (let t = k; t < n; t++) total += (away[t] ?? NaN) * (away[t - k] ?? NaN);
    out[k] = total / n;
  }
  return out;
}

/** The customary lag ⌊4(n/100)^(2/9)⌋. For overlapping h-bar returns take at least h − 1. */
export function customaryLags(n: number): number {
  return Math.floor(4 * power(n / 100, 2 / 9));
}

/**
 * Mean with the Newey–West error: Bartlett weights 1 − k/(lags + 1), referred to t with n − 1 degrees of freedom.
 * @param values  in time order, without gaps
 * @throws        math/too-few-rows when n < 2 or n ≤ lags; math/not-finite
 * @see           Newey & West (1987), Econometrica 55(3)
 */
export function neweyWest(values: Vector, lags: number, options: HacOptions = {}): HacTest {
  return hacTest(values, lags, (k) => 1 - k / (lags + 1), options);
}

/**
 * Mean with the Hansen–Hodrick error: weight 1 up to `lags`. The variance can come out below zero; then the
 * Newey–West one stands in, and `fellBack` says so.
 * @throws  as {@link neweyWest}
 * @see     Hansen & Hodrick (1980), Journal of Political Economy 88(5)
 */
export function hansenHodrick(
  values: Vector,
  lags: number,
  options: HacOptions = {},
): HacTest & { readonly fellBack: boolean } {
  const test = hacTest(values, lags, () => 1, options);
  if (test.se >= 0) return { ...test, fellBack: false };
  return { ...neweyWest(values, lags, options), fellBack: true };
}

function hacTest(
  values: Vector,
  lags: number,
  weight: (lag: number) => number,
  { smallSample = false }: HacOptions,
): HacTest {
  wholeAtLeast('lags', lags, 0);
  atLeast('a mean with correlated errors', values.length, Math.max(2, lags + 1));
  const n = values.length;
  const covariances = autocovariances(values, lags);
  let long = covariances[0] ?? NaN;
  for (let k = 1; k <= lags; k++) long += 2 * weight(k) * (covariances[k] ?? NaN);
  const variance = (long / n) * (smallSample ? n / (n - 1) : 1);
  const se = variance >= 0 ? Math.sqrt(variance) : NaN;
  return { ...meanTest(n, mean(values), se, n - 1), lags };
}
