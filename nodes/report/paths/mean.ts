/**
 * Mean of values and its standard error where values of one group hang together.
 * @param groups  the group of each value
 * @returns       NaN for no value; the error is NaN for fewer than two groups
 * @see           Cameron & Miller (2015), Journal of Human Resources 50(2), section II
 */
export function clusteredMean(
  values: readonly number[],
  groups: readonly number[],
): { readonly mean: number; readonly error: number } {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const sums = new Map<number, number>();
  values.forEach((x, i) => {
    const group = groups[i] ?? 0;
    sums.set(group, (sums.get(group) ?? 0) + x - mean);
  });
  const g = sums.size;
  const squares = [...sums.values()].reduce((sum, x) => sum + x * x, 0);
  return { mean, error: g < 2 ? NaN : Math.sqrt((g / (g - 1)) * squares) / n };
}
