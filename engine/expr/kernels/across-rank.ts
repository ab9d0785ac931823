import type { Section } from './across.js';

/** (rank − 1)/(n − 1) in [0, 1] of each of the first `n` values; a single one stands at ½. */
export function rankSection(
  s: Section,
  n: number,
  ties: 'average' | 'min' | 'max',
  atLeast: number,
  out: Float64Array,
): void {
  const sorted = s.sorted.subarray(0, n);
  sorted.set(s.values.subarray(0, n));
  sorted.sort();
  for (let i = 0; i < n; i += 1) {
    const v = s.values[i] ?? 0;
    const less = bound(sorted, v, false);
    const upTo = bound(sorted, v, true);
    const rank = ties === 'min' ? less : ties === 'max' ? upTo - 1 : (less + upTo - 1) / 2;
    out[i] = n < atLeast ? Number.NaN : n === 1 ? 0.5 : rank / (n - 1);
  }
}

function bound(sorted: Readonly<Float64Array>, value: number, inclusive: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const v = sorted[middle] ?? 0;
    if (v < value || (inclusive && v === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
