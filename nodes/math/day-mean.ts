import { atLeast, sameSize } from './guard.js';
import { mean } from './sum.js';
import { type MeanTest, meanTest } from './tstat.js';
import type { Vector } from './vector.js';

/** A mean, or a difference of means, whose error lets values of one day move together. */
export interface DayTest extends MeanTest {
  readonly days: number;
}

/**
 * Mean with an error clustered by day (CR1), t with days − 1 degrees of freedom. One pass over values in order of time, where
 * a day is a run: `clusterMean` says the same of any order.
 * @param days     of each value, ascending
 * @param weights  of each value, above 0; equal without
 * @param reach    how many days on a value may still move together with others: what is held for a day shares most of it with
 *                 what another symbol holds from the next. Such days count as they are, and never make the error smaller
 * @throws         math/sizes-differ; math/too-few-rows with fewer than two days
 * @see            Cameron & Miller (2015), Journal of Human Resources 50(2); Driscoll & Kraay (1998), Review of Economics and
 *                 Statistics 80(4)
 */
export function dayMean(values: Vector, days: Vector, weights?: Vector, reach = 0): DayTest {
  sameSize('values and their days', values.length, days.length);
  const { total, average } = weights
    ? weighted(values, weights)
    : { total: values.length, average: mean(values) };
  const { squares, count } = daySquares(days, reach, (i) => {
    const away = (values[i] ?? NaN) - average;
    return weights ? (weights[i] ?? NaN) * away : away;
  });
  return tested(values, average, squares / (total * total), count);
}

/**
 * Mean of the values that were kept less that of those that were not, with an error clustered by day.
 * @param kept   1 or 0 for each value; both must occur, or nothing is told
 * @param reach  as of {@link dayMean}
 * @throws       as {@link dayMean}
 */
export function dayDifference(values: Vector, days: Vector, kept: Vector, reach = 0): DayTest {
  sameSize('values and their days', values.length, days.length);
  sameSize('values and what was kept', values.length, kept.length);
  let [inside, sumInside, sumOutside] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    if (kept[i] === 1) {
      inside++;
      sumInside += values[i] ?? NaN;
    } else sumOutside += values[i] ?? NaN;
  }
  const outside = values.length - inside;
  const [high, low] = [sumInside / inside, sumOutside / outside];
  // How far each value moves the difference.
  const { squares, count } = daySquares(days, reach, (i) => {
    const x = values[i] ?? NaN;
    return kept[i] === 1 ? (x - high) / inside : (low - x) / outside;
  });
  return tested(values, high - low, squares, count);
}

function tested(values: Vector, average: number, variance: number, days: number): DayTest {
  atLeast('an error clustered by day', days, 2);
  const error = Math.sqrt(variance * (days / (days - 1)));
  // Days that do not differ leave the rounding of their sums, and a mean over that would be a find.
  const told = error > Number.EPSILON * largest(values) ? error : 0;
  return { ...meanTest(values.length, average, told, days - 1), days };
}

function largest(values: Vector): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i] ?? NaN));
  return most;
}

function weighted(values: Vector, weights: Vector) {
  sameSize('values and their weights', values.length, weights.length);
  let [total, sum] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    total += weights[i] ?? NaN;
    sum += (weights[i] ?? NaN) * (values[i] ?? NaN);
  }
  return { total, average: sum / total };
}

/** Σ over runs of one day of the squared sum of `part`, and twice what days within reach have in common. */
function daySquares(days: Vector, reach: number, part: (index: number) => number) {
  let [squares, count, run] = [0, 0, 0];
  const sums: DaySum[] = [];
  for (let i = 0; i < days.length; i++) {
    run += part(i);
    if (i + 1 < days.length && days[i + 1] === days[i]) continue;
    squares += run * run;
    if (reach > 0) sums.push({ day: days[i] ?? NaN, sum: run });
    run = 0;
    count++;
  }
  return { squares: squares + 2 * Math.max(0, inCommon(sums, reach)), count };
}

interface DaySum {
  readonly day: number;
  readonly sum: number;
}

/** Σ of products of days that lie within reach of each other. */
function inCommon(sums: readonly DaySum[], reach: number): number {
  let total = 0;
  sums.forEach(({ day, sum }, k) => {
    for (const past of sums.slice(Math.max(0, k - reach), k)) {
      if (day - past.day <= reach) total += past.sum * sum;
    }
  });
  return total;
}
