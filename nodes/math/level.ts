import { mean, sum } from './sum.js';
import { numbersOf, type Vector } from './vector.js';

/**
 * The mean of numbers; of equal ones exactly what they are, which a sum over a count need not be.
 * @param weights  of each, above 0; equal without
 */
export function level(values: Vector, weights?: Vector): number {
  const first = values[0] ?? NaN;
  let same = 0;
  while (same < values.length && values[same] === first) same++;
  if (same === values.length) return first;
  if (!weights) return mean(values);
  const weighed = numbersOf(values.length, (i) => (values[i] ?? NaN) * (weights[i] ?? NaN));
  return sum(weighed) / sum(weights);
}
