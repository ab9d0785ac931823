import type { Vector } from './vector.js';

/** Indices of the present values, smallest value first; equal values keep their order. Missing ones are left out. */
export function ascending(values: Vector): Int32Array {
  const found: number[] = [];
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) found.push(i);
  return Int32Array.from(found).sort((a, b) => {
    const x = values[a] ?? NaN;
    const y = values[b] ?? NaN;
    return x < y ? -1 : x > y ? 1 : a - b;
  });
}

/** Ranks from 1 (smallest); equal values share their average rank. A missing value has a missing rank. */
export function ranks(values: Vector): Float64Array {
  const order = ascending(values);
  const out = new Float64Array(values.length).fill(NaN);
  let start = 0;
  while (start < order.length) {
    const value = values[order[start] ?? 0];
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === value) end++;
    const shared = (start + end + 1) / 2;
    for (let k = start; k < end; k++) out[order[k] ?? 0] = shared;
    start = end;
  }
  return out;
}
