import { inRange } from './guard.js';
import { columnOf, type Matrix } from './matrix.js';
import { missing } from './missing.js';
import { variance } from './sum.js';
import type { Vector } from './vector.js';

/** Weights ∝ 1/variance, summing to 1. @throws math/out-of-range for a variance not above 0: drop flat columns first */
export function inverseVariance(variances: Vector): Float64Array {
  const raw = Float64Array.from(variances, (v) => {
    inRange('variance', v, v > 0, 'above 0');
    return 1 / v;
  });
  const total = raw.reduce((sum, x) => sum + x, 0);
  return raw.map((x) => x / total);
}

/** A cluster of streams made into one. */
export interface ClusterStream {
  /** Columns kept: those with enough rows and some variance. */
  readonly members: readonly number[];
  /** Weights of the members, summing to 1. */
  readonly weights: Float64Array;
  /** Weighted sum of the members' returns; a member's gap leaves its part out. T values. */
  readonly stream: Float64Array;
}

/** Least share of rows a member must have. */
const OBSERVED = 0.7;

/**
 * One stream for a cluster of columns, members weighted by 1/variance (ddof 1). Members with less than 70 % of the
 * rows are dropped; if that drops all, those with at least 80 % of the best member's rows stay. Flat members are dropped.
 * @returns no members and a stream of NaN when every member is flat
 */
export function clusterStream(returns: Matrix, columns: readonly number[]): ClusterStream {
  const series = columns.map((j) => ({ j, values: columnOf(returns, j) }));
  const rows = (s: { readonly values: Float64Array }) => s.values.length - missing(s.values);
  const best = series.reduce((most, s) => Math.max(most, rows(s)), 0);
  const enough = series.filter((s) => rows(s) >= OBSERVED * returns.rows);
  const kept = (enough.length > 0 ? enough : series.filter((s) => rows(s) >= 0.8 * best)).filter(
    (s) => variance(s.values) > 0,
  );
  const weights = inverseVariance(kept.map((s) => variance(s.values)));
  const stream = new Float64Array(returns.rows).fill(kept.length > 0 ? 0 : NaN);
  for (const [k, { values }] of kept.entries()) {
    for (const [t, r] of values.entries()) {
      if (!Number.isNaN(r)) stream[t] = (stream[t] ?? NaN) + (weights[k] ?? NaN) * r;
    }
  }
  return { members: kept.map((s) => s.j), weights, stream };
}
