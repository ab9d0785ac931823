import type { Uniform } from './bootstrap.js';
import { wholeAtLeast } from './guard.js';
import { deviation } from './sum.js';
import type { Vector } from './vector.js';

/**
 * Standard error of a statistic by drawing whole days with replacement: what happened on one day stays together.
 * @param days       of each value, ascending
 * @param draws      how many samples
 * @param statistic  of the values counted so many times each; NaN where a sample says nothing
 * @returns          standard deviation over the samples that say something
 * @throws           math/out-of-range
 * @see              Field & Welsh (2007), Bootstrapping clustered data, JRSS-B 69(3)
 */
export function dayError(
  days: Vector,
  draws: number,
  uniform: Uniform,
  statistic: (counts: Uint16Array) => number,
): number {
  wholeAtLeast('draws', draws, 2);
  const run = new Int32Array(days.length);
  let last = -1;
  for (let i = 0; i < days.length; i++) {
    if (i === 0 || days[i] !== days[i - 1]) last++;
    run[i] = last;
  }
  const count = last + 1;
  const counts = new Uint16Array(days.length);
  const found = Float64Array.from({ length: draws }, () => {
    const drawn = new Uint16Array(count);
    for (let k = 0; k < count; k++) {
      const day = Math.floor(uniform() * count);
      drawn[day] = (drawn[day] ?? 0) + 1;
    }
    for (let i = 0; i < counts.length; i++) counts[i] = drawn[run[i] ?? 0] ?? 0;
    return statistic(counts);
  });
  return deviation(found);
}

/** Row numbers of values from the least to the largest; ties in the order they stand. */
export function rising(values: Vector): Int32Array {
  const order = Int32Array.from({ length: values.length }, (_, i) => i);
  return order.sort((a, b) => (values[a] ?? NaN) - (values[b] ?? NaN) || a - b);
}

/**
 * Mean of the worst share of values counted so many times each: expected shortfall as a return. The value on the edge counts in part.
 * @param order   rows of the values that count, from {@link rising}
 */
export function shortfall(
  values: Vector,
  order: Int32Array,
  counts: Vector,
  share: number,
): number {
  let total = 0;
  for (const i of order) total += counts[i] ?? 0;
  let left = share * total;
  const mass = left;
  let sum = 0;
  for (const i of order) {
    const taken = Math.min(left, counts[i] ?? 0);
    sum += taken * (values[i] ?? NaN);
    left -= taken;
    if (left <= 0) break;
  }
  return mass > 0 ? sum / mass : NaN;
}

/** The least value that a share of all lies at or below, counted so many times each. */
export function quantileCounted(
  values: Vector,
  order: Int32Array,
  counts: Vector,
  share: number,
): number {
  let total = 0;
  for (const i of order) total += counts[i] ?? 0;
  let seen = 0;
  for (const i of order) {
    seen += counts[i] ?? 0;
    if (seen > 0 && seen >= share * total) return values[i] ?? NaN;
  }
  return NaN;
}
