import { sameSize } from './guard.js';
import { inverseVariance } from './inverse-variance.js';
import { type LinkageMethod, leafOrder, linkage } from './linkage.js';
import { cell, type Matrix } from './matrix.js';
import { feasibleCap, projectSimplex } from './simplex.js';

/** A hierarchical risk-parity portfolio and how it came about. */
export interface Hrp {
  /** Assets in the order in which the tree lines them up. */
  readonly order: Int32Array;
  /** Heights of the N − 1 merges. */
  readonly heights: Float64Array;
  /** Weights before the cap; they sum to 1. */
  readonly uncapped: Float64Array;
  /** The nearest weights within the cap. */
  readonly weights: Float64Array;
  /** max(cap, 1/n). */
  readonly effectiveCap: number;
}

/** The choices that make one HRP differ from another; none has a default. */
export interface HrpRule {
  /** López de Prado's paper takes `single`. */
  readonly method: LinkageMethod;
  readonly cap: number;
}

/**
 * Hierarchical risk parity.
 * 1. Link the assets by their distances. 2. Line them up by the tree. 3. Halve the line again and again; each half gets
 * the share 1 − its variance over both, with inverse-variance weights inside. 4. Project onto the cap.
 * @param distance    N × N, √((1 − ρ)/2): linkage is on these directly, not on distances between their columns
 * @param covariance  N × N, variances above 0: drop flat columns first
 * @throws            math/sizes-differ, math/not-finite, math/out-of-range
 * @see               López de Prado (2016), Journal of Portfolio Management 42(4)
 */
export function hrp(distance: Matrix, covariance: Matrix, { method, cap }: HrpRule): Hrp {
  sameSize('distances and covariances', distance.rows, covariance.rows);
  const n = covariance.rows;
  const tree = linkage(distance, method);
  const order = leafOrder(tree);
  const uncapped = new Float64Array(n).fill(1);
  const line: Int32Array[] = n > 1 ? [order] : [];
  for (let part = line.pop(); part !== undefined; part = line.pop()) {
    const middle = part.length >> 1;
    const [left, right] = [part.subarray(0, middle), part.subarray(middle)];
    const a = branchVariance(covariance, left);
    const b = branchVariance(covariance, right);
    const share = 1 - a / (a + b);
    for (const i of left) uncapped[i] = (uncapped[i] ?? NaN) * share;
    for (const i of right) uncapped[i] = (uncapped[i] ?? NaN) * (1 - share);
    if (left.length > 1) line.push(left);
    if (right.length > 1) line.push(right);
  }
  const effectiveCap = feasibleCap(cap, n);
  const weights = projectSimplex(uncapped, 0, effectiveCap);
  const heights = Float64Array.from(tree.merges, (merge) => merge.height);
  return { order, heights, uncapped, weights, effectiveCap };
}

/** Variance of a group held with inverse-variance weights. */
function branchVariance(covariance: Matrix, group: Int32Array): number {
  const members = Array.from(group);
  const inside = inverseVariance(members.map((i) => cell(covariance, i, i)));
  let total = 0;
  for (const [a, i] of members.entries()) {
    for (const [b, j] of members.entries()) {
      total += (inside[a] ?? NaN) * (inside[b] ?? NaN) * cell(covariance, i, j);
    }
  }
  return total;
}
