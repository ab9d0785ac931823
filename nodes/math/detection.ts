import { inRange } from './guard.js';
import { ascending } from './rank.js';
import { studentSf } from './tails.js';
import type { Vector } from './vector.js';

/**
 * The largest p-value with which one hypothesis would be among the finds of Benjamini and Hochberg, the p-values of all others
 * being what they are. It is level / tests where no other is small, and grows with every other find.
 * @param others  p-values of the others; a missing one was not tested
 * @param level   share of false finds that is promised
 * @throws        math/out-of-range unless 0 < level < 1
 */
export function stepUpLimit(others: Vector, level: number): number {
  inRange('level', level, level > 0 && level < 1, 'between 0 and 1');
  const order = ascending(others);
  const tests = order.length + 1;
  for (let rank = tests; rank > 1; rank--) {
    const limit = (level * rank) / tests;
    // The one in question takes a place itself: of the others, rank − 1 must lie below.
    if ((others[order[rank - 2] ?? 0] ?? NaN) <= limit) return limit;
  }
  return level / tests;
}

/** Halvings after which an interval of doubles has nothing left to halve. */
const HALVINGS = 80;

/** The t-statistic whose one-sided p-value is `p`. @throws math/out-of-range unless 0 < p < 1 and degrees > 0 */
export function studentUpperQuantile(p: number, degrees: number): number {
  inRange('p', p, p > 0 && p < 1, 'between 0 and 1');
  let [low, high] = [-1, 1];
  while (studentSf(low, degrees) < p) low *= 2;
  while (studentSf(high, degrees) > p) high *= 2;
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (low + high) / 2;
    if (studentSf(middle, degrees) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Probability that a one-sided test of a mean finds it: the estimate lies around the effect as a t-statistic around zero.
 * The error is taken as known, which is close where degrees are dozens; that it is estimated too makes this a little too high.
 * @param effect   true mean, in the unit of the error
 * @param error    standard error of the estimate, above 0
 * @param limit    p-value up to which it is found
 * @throws         math/out-of-range
 */
export function detection(effect: number, error: number, degrees: number, limit: number): number {
  inRange('error', error, error > 0, 'above 0');
  return studentSf(studentUpperQuantile(limit, degrees) - effect / error, degrees);
}
