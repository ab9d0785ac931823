import type { Vector } from './vector.js';

/** How many values are missing (NaN). */
export function missing(values: Vector): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) count++;
  return count;
}

/** The values that are not missing, in their order. */
export function present(values: Vector): Float64Array {
  const out = new Float64Array(values.length - missing(values));
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    const x = values[i] ?? NaN;
    if (!Number.isNaN(x)) out[n++] = x;
  }
  return out;
}
