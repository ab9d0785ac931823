import type { Uniform } from './bootstrap.js';
import { wholeAtLeast } from './guard.js';
import { deviation } from './sum.js';
import { numbersOf, type Vector } from './vector.js';

/** Samples of the days of a span, drawn with replacement. */
export interface DaySamples {
  /** First day, counted from 1970. */
  readonly first: number;
  /** Of each sample, how often it has each day. */
  readonly counts: readonly Uint16Array[];
  /** Every day once: the sample that was seen. */
  readonly seen: Uint16Array;
}

/**
 * Draw whole days of a span with replacement. Days without a value are drawn too: how many values there are is chance as well.
 * @param first  first day, counted from 1970
 * @param count  how many days
 * @param draws  how many samples
 * @throws       math/out-of-range
 */
export function daySamples(
  first: number,
  count: number,
  draws: number,
  uniform: Uniform,
): DaySamples {
  wholeAtLeast('draws', draws, 2);
  const counts = Array.from({ length: draws }, () => {
    const drawn = new Uint16Array(count);
    for (let k = 0; k < count; k++) {
      const day = Math.floor(uniform() * count);
      drawn[day] = (drawn[day] ?? 0) + 1;
    }
    return drawn;
  });
  return { first, counts, seen: new Uint16Array(count).fill(1) };
}

/**
 * Standard error of a statistic over samples of days: what happened on one day stays together.
 * @param statistic  of the values whose days count so many times each; NaN where a sample says nothing
 * @returns          standard deviation over the samples that say something
 * @see              Field & Welsh (2007), Bootstrapping clustered data, JRSS-B 69(3)
 */
export function dayError(
  { counts }: DaySamples,
  statistic: (counts: Uint16Array) => number,
): number {
  return deviation(Float64Array.from(counts, statistic));
}

/** Values from the least to the largest, those that are equal in the order they stand. */
export interface Ranked {
  readonly values: Float64Array;
  /** Of each, counted from the first day of the samples. */
  readonly days: Int32Array;
  /** Days that have a value, and how many. */
  readonly held: Int32Array;
  readonly sizes: Int32Array;
}

/** @param days  of each value, ascending, counted from 1970. @param first  first day of the samples */
export function ranked(values: Vector, days: Vector, first: number): Ranked {
  const order = new Int32Array(values.length).map((_, i) => i);
  order.sort((a, b) => (values[a] ?? NaN) - (values[b] ?? NaN) || a - b);
  const held: number[] = [];
  const sizes: number[] = [];
  for (let i = 0; i < days.length; i++) {
    if (i === 0 || days[i] !== days[i - 1]) {
      held.push((days[i] ?? NaN) - first);
      sizes.push(0);
    }
    sizes[sizes.length - 1] = (sizes[sizes.length - 1] ?? 0) + 1;
  }
  return {
    values: numbersOf(order.length, (k) => values[order[k] ?? 0] ?? NaN),
    days: order.map((i) => (days[i] ?? NaN) - first),
    held: Int32Array.from(held),
    sizes: Int32Array.from(sizes),
  };
}

/** Mean of the worst share of values: expected shortfall as a return. The value on the edge counts in part. */
export function shortfall(of: Ranked, counts: Uint16Array, share: number): number {
  const { values, days } = of;
  let left = share * totalOf(of, counts);
  const mass = left;
  let sum = 0;
  for (let k = 0; k < values.length && left > 0; k++) {
    const taken = Math.min(left, counts[days[k] ?? 0] ?? 0);
    sum += taken * (values[k] ?? NaN);
    left -= taken;
  }
  return mass > 0 ? sum / mass : NaN;
}

/** The least value that a share of all lies at or below; looked for from above, as shares near 1 are asked for. */
export function quantileCounted(of: Ranked, counts: Uint16Array, share: number): number {
  const { values, days } = of;
  let within = totalOf(of, counts);
  if (within === 0) return NaN;
  const least = share * within;
  for (let k = values.length - 1; k >= 0; k--) {
    const count = counts[days[k] ?? 0] ?? 0;
    if (count > 0 && !(within - count > 0 && within - count >= least)) return values[k] ?? NaN;
    within -= count;
  }
  return NaN;
}

/** How many values a sample has: a step a day, not a value. */
function totalOf({ held, sizes }: Ranked, counts: Uint16Array): number {
  let total = 0;
  for (let k = 0; k < held.length; k++) total += (counts[held[k] ?? 0] ?? 0) * (sizes[k] ?? 0);
  return total;
}
