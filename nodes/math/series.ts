import { efficiency } from './efficiency.js';
import { permutationEntropy } from './entropy.js';
import { inRange, wholeAtLeast } from './guard.js';
import { turbulence } from './haar.js';
import { hurst } from './hurst.js';
import { autocorrelation, halfLife, ljungBox, memoryDepth } from './memory.js';
import { present } from './missing.js';
import { moments } from './moments.js';
import { tailLoss } from './tail-loss.js';
import type { Vector } from './vector.js';

/** Statistics of one return series, the raw material of conviction. NaN where the series is too short or flat. */
export interface SeriesFeatures {
  /** Mean return · bars a year. */
  readonly momentum: number;
  readonly annualVolatility: number;
  /** 1/(volatility + 1e-9); NaN for a flat series, which is dead rather than stable. */
  readonly stability: number;
  /** Permutation entropy of the last `lookback` returns, orders 3 and 5. */
  readonly entropy3: number;
  readonly entropy5: number;
  /** Efficiency ratio of the last `lookback` returns. */
  readonly efficiency: number;
  readonly hurst: number;
  /** Hurst less its bias: 0.5 is a random walk. */
  readonly hurstCorrected: number;
  /** 1 − 2·|H − ½|: nearness to a random walk. */
  readonly hurstClean: number;
  /** Population skewness, signed and as a size. */
  readonly skew: number;
  readonly absSkew: number;
  readonly excessKurtosis: number;
  /** Mean of the returns at or below their 5 % quantile; NaN up to 20 values. */
  readonly cvar95: number;
  readonly autocorrelation1: number;
  readonly memoryDepth: number;
  /** Of the cumulated returns, in bars; NaN when they do not revert. */
  readonly halfLife: number;
  /** Share of energy in the fast differences, of all returns. */
  readonly turbulence: number;
  /** Autocorrelation of the sizes of returns at lag 1: volatility that stays. */
  readonly volatilityClustering: number;
  /** Least Ljung–Box p-value over lags 1 … 5. */
  readonly ljungBox: number;
}

const LEAST_FOR_TAIL = 21;
const LEAST_FOR_SKEW = 3;

/**
 * All features of a return series at its last bar.
 * @param barsPerYear  of the market's calendar
 * @param lookback     bars that entropy and efficiency look at
 * @throws             math/out-of-range
 */
export function seriesFeatures(
  returns: Vector,
  { barsPerYear, lookback }: { readonly barsPerYear: number; readonly lookback: number },
): SeriesFeatures {
  inRange('barsPerYear', barsPerYear, barsPerYear > 0, 'above 0');
  wholeAtLeast('lookback', lookback, 1);
  const all = Float64Array.from(returns);
  const last = all.subarray(Math.max(0, all.length - lookback));
  const kept = present(all);
  const { n, mean, deviation, skew, kurtosis } = moments(kept);
  const annualVolatility = deviation * Math.sqrt(barsPerYear);
  const { raw, corrected } = hurst(all);
  const shaped = n >= LEAST_FOR_SKEW;
  return {
    momentum: mean * barsPerYear,
    annualVolatility,
    stability: deviation > 0 ? 1 / (annualVolatility + 1e-9) : NaN,
    entropy3: permutationEntropy(last, 3),
    entropy5: permutationEntropy(last, 5),
    efficiency: efficiency(last),
    hurst: raw,
    hurstCorrected: corrected,
    hurstClean: Math.max(0, Math.min(1 - 2 * Math.abs(raw - 0.5), 1)),
    skew: shaped ? skew : NaN,
    absSkew: shaped ? Math.abs(skew) : NaN,
    excessKurtosis: shaped ? kurtosis - 3 : NaN,
    cvar95: n >= LEAST_FOR_TAIL ? tailLoss(kept).beyond : NaN,
    autocorrelation1: autocorrelation(kept, 1),
    memoryDepth: memoryDepth(kept),
    halfLife: halfLife(cumulated(kept)),
    turbulence: turbulence(kept),
    volatilityClustering: autocorrelation(kept.map(Math.abs), 1),
    ljungBox: ljungBox(kept),
  };
}

function cumulated(values: Float64Array): Float64Array {
  let total = 0;
  return values.map((x) => {
    total += x;
    return total;
  });
}
