import { inRange, sameSize } from './guard.js';
import type { Vector } from './vector.js';

/** Weights within a cap for each group. */
export interface Capped {
  /** The excess is left out: what is missing to the sum before is cash. */
  readonly weights: Float64Array;
  /** Groups whose weights were scaled down. */
  readonly bound: readonly string[];
}

/**
 * Scale down the weights of every group that sum to more than the cap.
 * @param groups  group of each weight
 * @throws        math/out-of-range unless 0 < cap ≤ 1; math/sizes-differ
 */
export function capGroups(weights: Vector, groups: readonly string[], cap: number): Capped {
  sameSize('weights and their groups', weights.length, groups.length);
  inRange('cap', cap, cap > 0 && cap <= 1, 'above 0 and at most 1');
  const totals = new Map<string, number>();
  for (const [i, group] of groups.entries()) {
    totals.set(group, (totals.get(group) ?? 0) + (weights[i] ?? NaN));
  }
  const over = (group: string) => (totals.get(group) ?? 0) > cap + 1e-12;
  const scaled = Float64Array.from(groups, (group, i) => {
    const weight = weights[i] ?? NaN;
    return over(group) ? (weight * cap) / (totals.get(group) ?? NaN) : weight;
  });
  return { weights: scaled, bound: [...totals.keys()].filter(over).sort() };
}
