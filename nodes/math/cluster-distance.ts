import { correlationDistance, correlations } from './correlation.js';
import { atLeast, inRange } from './guard.js';
import { type Matrix, matrix, rowsBetween } from './matrix.js';

/** Rows a correlation needs before it says anything. */
export const LEAST_PAIRS = 20;

/** How series are compared before they are clustered. */
export interface DistanceRule {
  /** Rows looked back, each from the end; those that do not fit are left out, and if none fits all rows are taken. */
  readonly lookbacks: readonly number[];
  /** Pull of correlations towards 0, from 0 to 1. */
  readonly shrinkage: number;
  /** Skip rows in which either return is 0; on unless told, standing in for a calendar of sessions. */
  readonly skipZeros?: boolean | undefined;
}

/**
 * Distances √((1 − ρ)/2) of the columns, averaged over the lookbacks that fit. A pair with fewer than 20 common rows
 * counts as unrelated.
 * @returns `distance` N × N with diagonal 0, `lookbacks` those used
 * @throws  math/out-of-range for a lookback below 20 (it would dilute the average) or a shrinkage that is no share;
 *          math/too-few-rows without rows
 */
export function clusterDistance(
  returns: Matrix,
  rule: DistanceRule,
): { readonly distance: Matrix; readonly lookbacks: readonly number[] } {
  const { shrinkage, skipZeros = true } = rule;
  inRange('shrinkage', shrinkage, shrinkage >= 0 && shrinkage <= 1, 'from 0 to 1');
  for (const rows of rule.lookbacks) inRange('lookback', rows, rows >= LEAST_PAIRS, '20 or more');
  atLeast('a distance between series', returns.rows, 1);
  const fitting = rule.lookbacks.filter((rows) => rows <= returns.rows);
  const lookbacks = fitting.length > 0 ? fitting : [returns.rows];
  const n = returns.cols;
  const distance = matrix(n, n);
  for (const rows of lookbacks) {
    const tail = rowsBetween(returns, returns.rows - rows, returns.rows);
    const rho = correlations(tail, { skipZeros, least: LEAST_PAIRS, otherwise: 0 });
    const shrunk = matrix(
      n,
      n,
      rho.values.map((x, k) => (Math.floor(k / n) === k % n ? 1 : (1 - shrinkage) * x)),
    );
    const part = correlationDistance(shrunk);
    for (const [k, d] of part.values.entries()) {
      distance.values[k] = (distance.values[k] ?? NaN) + d / lookbacks.length;
    }
  }
  return { distance, lookbacks };
}
