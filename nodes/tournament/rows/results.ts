import type { Series } from './series.js';

/**
 * Number of the distinct result of each row, from 1, in order of first appearance: rows with the very same returns on the
 * very same days, to the last bit, are one result under several names.
 */
export function resultsOf(rows: readonly Pick<Series, 'days' | 'net'>[]): readonly number[] {
  const found = new Map<string, number>();
  return rows.map(({ days, net }) => {
    const key = `${days.join()} ${net.join()}`;
    const result = found.get(key) ?? found.size + 1;
    found.set(key, result);
    return result;
  });
}
