import type { Vector } from '../../math/vector.js';

/**
 * Mean of values and its standard error where values of one group hang together.
 * @param groups  the group of each value; equal ones stand together
 * @returns       NaN for no value; the error is NaN for fewer than two groups
 * @see           Cameron & Miller (2015), Journal of Human Resources 50(2), section II
 */
export function clusteredMean(
  values: Vector,
  groups: Vector,
): { readonly mean: number; readonly error: number } {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i] ?? NaN;
  const mean = sum / n;
  let [count, squares, own] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    own += (values[i] ?? NaN) - mean;
    if (groups[i] === groups[i + 1]) continue;
    squares += own * own;
    own = 0;
    count++;
  }
  return { mean, error: count < 2 ? NaN : Math.sqrt((count / (count - 1)) * squares) / n };
}
