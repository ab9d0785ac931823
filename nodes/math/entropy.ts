import { wholeAtLeast } from './guard.js';
import { deviation, mean } from './sum.js';
import type { Vector } from './vector.js';

/**
 * Permutation entropy: the entropy of the orderings of `order` consecutive values, from 0 (one ordering) to 1 (all alike).
 * Equal values count as rising in time; windows with a gap are skipped. No window gives NaN. A flat series gives 0, as
 * if perfectly ordered: veto it before.
 * White noise scores well below 1 when windows are few beside order!: compare with {@link entropyOfNoise}.
 * @param order  values a window, from 2 to 7
 * @throws       math/out-of-range
 * @see          Bandt & Pompe (2002), Physical Review Letters 88
 */
export function permutationEntropy(values: Vector, order: number): number {
  wholeAtLeast('order', order, 2);
  wholeAtLeast('7 − order', 7 - order, 0);
  let patterns = 1;
  for (let k = 2; k <= order; k++) patterns *= k;
  const counts = new Float64Array(patterns);
  let windows = 0;
  for (let start = 0; start + order <= values.length; start++) {
    const code = pattern(values, start, order);
    if (code < 0) continue;
    counts[code] = (counts[code] ?? NaN) + 1;
    windows++;
  }
  if (windows === 0) return NaN;
  let total = 0;
  for (const count of counts) {
    if (count > 0) total -= (count / windows) * Math.log(count / windows);
  }
  return Math.min(1, Math.max(0, total / Math.log(patterns)));
}

/** The number of an ordering (its Lehmer code), −1 for a window with a gap. */
function pattern(values: Vector, start: number, order: number): number {
  let code = 0;
  for (let i = 0; i < order; i++) {
    const x = values[start + i] ?? NaN;
    if (Number.isNaN(x)) return -1;
    let smaller = 0;
    for (let j = i + 1; j < order; j++) if ((values[start + j] ?? NaN) < x) smaller++;
    code = code * (order - i) + smaller;
  }
  return code;
}

/** Mean and deviation of the permutation entropy of white noise of the same length, which is what a high value must beat.
 * @param uniform  draws in [0, 1); orderings do not depend on the distribution */
export function entropyOfNoise(
  length: number,
  order: number,
  draws: number,
  uniform: () => number,
): { readonly mean: number; readonly deviation: number } {
  wholeAtLeast('draws', draws, 2);
  const found = Float64Array.from({ length: draws }, () =>
    permutationEntropy(Float64Array.from({ length }, uniform), order),
  );
  return { mean: mean(found), deviation: deviation(found) };
}
