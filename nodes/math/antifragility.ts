import { present } from './missing.js';
import { moments } from './moments.js';
import { quantileOfSorted } from './quantile.js';
import { ranks } from './rank.js';
import { mean } from './sum.js';
import type { Vector } from './vector.js';

/** Observations from which the score counts in full. */
const FULL_HISTORY = 252;

/**
 * Antifragility in a cross-section: the rank of skewness plus the rank of the mean gain beyond the 95 % quantile, each
 * from 0 to 1, times the share of a full history. Ranks rather than distances, so that one outlier does not flatten the
 * rest; a stream alone ranks in the middle.
 * @returns one value a stream, from 0 to 2; NaN for a flat or very short one
 */
export function antifragility(streams: readonly Vector[]): Float64Array {
  const kept = streams.map(present);
  const skews = shares(kept.map((r) => (r.length > 2 ? moments(r).skew : NaN)));
  const gains = shares(kept.map(tailGain));
  return Float64Array.from(kept, (r, i) => {
    const score = (skews[i] ?? NaN) + (gains[i] ?? NaN);
    return score * Math.min(1, r.length / FULL_HISTORY);
  });
}

function tailGain(returns: Float64Array): number {
  const sorted = returns.slice().sort();
  const edge = quantileOfSorted(sorted, 0.95);
  return mean(sorted.filter((r) => r >= edge));
}

function shares(values: readonly number[]): Float64Array {
  const found = ranks(values);
  const count = values.filter((v) => !Number.isNaN(v)).length;
  return found.map((rank) => (count > 1 ? (rank - 1) / (count - 1) : rank * 0.5));
}
