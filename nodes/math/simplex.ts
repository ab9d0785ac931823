import { allFinite, sameSize } from './guard.js';
import { MathRefusal } from './refusal.js';
import { sum } from './sum.js';
import type { Vector } from './vector.js';

/** One bound for all, or one for each. */
export type Bound = number | Vector;

/** A bound as one value each. @throws math/sizes-differ */
export function boundFor(bound: Bound, n: number): Float64Array {
  if (typeof bound === 'number') return new Float64Array(n).fill(bound);
  sameSize('weights and their bounds', n, bound.length);
  return Float64Array.from(bound);
}

/** The cap that leaves full investment possible: never below 1/n. What it relaxed must be reported, not hidden. */
export function feasibleCap(cap: number, n: number): number {
  return Math.max(cap, 1 / n);
}

/**
 * The weights nearest to `values` (Euclidean) with lower ≤ w ≤ upper and Σw = total: w = clip(v − τ), with the one τ
 * that makes the sum right. τ is found exactly: the sum is piecewise linear in τ, with a knee at each v − bound.
 * @returns n weights; they sum to `total` within rounding
 * @throws  math/infeasible when the bounds admit no such weights; math/not-finite, math/sizes-differ
 * @see     Pardalos & Kovoor (1990), Mathematical Programming 46
 */
export function projectSimplex(
  values: Vector,
  lower: Bound = 0,
  upper: Bound = 1,
  total = 1,
): Float64Array {
  allFinite('the weights to project', values);
  const n = values.length;
  const low = boundFor(lower, n);
  const high = boundFor(upper, n);
  checkFeasible(low, high, total);
  const clipped = (tau: number) =>
    Float64Array.from(values, (v, i) => Math.min(Math.max(v - tau, low[i] ?? NaN), high[i] ?? NaN));
  const excess = (tau: number) => sum(clipped(tau)) - total;
  const knees = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) {
    knees[2 * i] = (values[i] ?? NaN) - (high[i] ?? NaN);
    knees[2 * i + 1] = (values[i] ?? NaN) - (low[i] ?? NaN);
  }
  knees.sort();
  // The sum falls from Σ upper to Σ lower along the knees: find the last knee at which it is still enough.
  let at = 0;
  let past = 2 * n - 1;
  while (past - at > 1) {
    const middle = (at + past) >> 1;
    if (excess(knees[middle] ?? NaN) >= 0) at = middle;
    else past = middle;
  }
  return clipped(between(knees[at] ?? NaN, knees[past] ?? NaN, excess));
}

/** The zero of a function that is linear between two points. */
function between(from: number, to: number, f: (x: number) => number): number {
  const high = f(from);
  const low = f(to);
  return high > low ? from + ((to - from) * high) / (high - low) : from;
}

function checkFeasible(low: Float64Array, high: Float64Array, total: number): void {
  const slack = 1e-12;
  const what = 'the bounds of the weights';
  for (const [i, l] of low.entries()) {
    if (!(l <= (high[i] ?? NaN))) {
      throw new MathRefusal('math/infeasible', { what, why: `lower is above upper at ${i}` });
    }
  }
  if (sum(low) > total + slack || sum(high) < total - slack) {
    const why = `they sum to ${sum(low)} and ${sum(high)}, the weights to ${total}`;
    throw new MathRefusal('math/infeasible', { what, why });
  }
}

/**
 * The smallest and largest Σ wᵢ·valueᵢ over weights with lower ≤ w ≤ upper and Σw = 1, by filling the best first.
 * @throws math/infeasible, math/sizes-differ
 */
export function attainable(
  values: Vector,
  lower: Bound,
  upper: Bound,
): { readonly least: number; readonly most: number } {
  const n = values.length;
  const low = boundFor(lower, n);
  const high = boundFor(upper, n);
  checkFeasible(low, high, 1);
  const rising = Array.from({ length: n }, (_, i) => i).sort((i, j) => {
    const x = values[i] ?? NaN;
    const y = values[j] ?? NaN;
    return x < y ? -1 : x > y ? 1 : i - j;
  });
  const filled = (order: readonly number[]) => {
    let left = 1 - sum(low);
    let reached = 0;
    for (const i of order) {
      const room = Math.min(left, (high[i] ?? NaN) - (low[i] ?? NaN));
      reached += ((low[i] ?? NaN) + room) * (values[i] ?? NaN);
      left -= room;
    }
    return reached;
  };
  return { least: filled(rising), most: filled(rising.toReversed()) };
}
