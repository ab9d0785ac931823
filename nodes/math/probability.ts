import { inRange } from './guard.js';
import { missing, present } from './missing.js';
import { normalCdf } from './normal.js';
import { ranks } from './rank.js';
import { deviation, mean } from './sum.js';
import type { Vector } from './vector.js';

/** How raw values of a cross-section become probabilities. */
export type ProbabilityMap =
  | 'rank'
  | 'rank_desc'
  | 'cdf'
  | 'unit'
  | 'zscore'
  | 'logistic'
  | 'minmax';

/** The least probability of a rank and of a distribution: never 0, so that logarithms stay finite. */
const LEAST_RANK = 0.01;
const LEAST_CDF = 0.001;
const SPREAD_FLOOR = 1e-9;

/**
 * Map one factor of a cross-section to (0, 1], higher is better except for `rank_desc`.
 * - `rank`, `rank_desc`: average ranks from 0.01 to 1; a missing value ranks last. One value alone gets 1.
 * - `cdf`: the normal distribution of the z-score, at least 0.001; but `unit` when all values lie in [0, 1].
 * - `unit`: values that are probabilities already, clipped to [0.001, 1].
 * - `zscore`: linear in z between ±sigma. `logistic`: 1/(1 + e^−z). `minmax`: linear between the extremes.
 * Missing values stay missing except under ranks. A factor missing everywhere stays missing everywhere.
 * A constant factor gets 0.505 under ranks, ½ elsewhere.
 * @throws math/out-of-range when sigma is not above 0
 */
export function probabilities(values: Vector, map: ProbabilityMap, sigma = 3): Float64Array {
  inRange('sigma', sigma, sigma > 0, 'above 0');
  const x = Float64Array.from(values);
  if (missing(x) === x.length) return x;
  switch (map) {
    case 'rank':
      return ranked(x, lowest(x), (share) => LEAST_RANK + (1 - LEAST_RANK) * share);
    case 'rank_desc':
      return ranked(x, highest(x), (share) => 1 - (1 - LEAST_RANK) * share);
    case 'unit':
      return unit(x);
    case 'cdf':
      if (lowest(x) >= 0 && highest(x) <= 1) return unit(x);
      return zscores(x, SPREAD_FLOOR).map((z) => clip(normalCdf(z), LEAST_CDF, 1));
    case 'logistic':
      return zscores(x, SPREAD_FLOOR).map((z) => 1 / (1 + Math.exp(-z)));
    case 'zscore':
      return zscores(x, SPREAD_FLOOR).map((z) => (clip(z, -sigma, sigma) + sigma) / (2 * sigma));
    case 'minmax':
      return minmax(x);
  }
}

function ranked(x: Float64Array, forMissing: number, map: (share: number) => number): Float64Array {
  const n = x.length;
  if (n === 1) return new Float64Array([1]);
  const filled = x.map((v) => (Number.isNaN(v) ? forMissing : v));
  return ranks(filled).map((rank) => map((rank - 1) / (n - 1)));
}

function unit(x: Float64Array): Float64Array {
  return x.map((v) => clip(v, LEAST_CDF, 1));
}

function zscores(x: Float64Array, floor: number): Float64Array {
  const center = mean(x);
  const spread = deviation(x);
  // One value alone has no spread; it is its own mean.
  return x.map((v) => (v - center) / ((Number.isNaN(spread) ? 0 : spread) + floor));
}

function minmax(x: Float64Array): Float64Array {
  const low = lowest(x);
  const width = highest(x) - low;
  return x.map((v) => (Number.isNaN(v) ? NaN : width > 0 ? (v - low) / width : 0.5));
}

function lowest(x: Float64Array): number {
  return present(x).reduce((low, v) => Math.min(low, v), Infinity);
}

function highest(x: Float64Array): number {
  return present(x).reduce((high, v) => Math.max(high, v), -Infinity);
}

/** NaN stays NaN. */
function clip(x: number, low: number, high: number): number {
  return Math.max(low, Math.min(x, high));
}
