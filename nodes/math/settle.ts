import { sameSize } from './guard.js';
import { lowerBound } from './locate.js';
import type { Vector } from './vector.js';

/** The row a time falls into, the last one's if it is later; −1 before the first. @param times  opens of the rows, ascending */
export function rowAt(times: Vector, ms: number): number {
  return lowerBound(times, ms + 1) - 1;
}

/**
 * Funding rates laid onto rows: each print on the row it settles in, so that whoever held the position into that row
 * pays. Prints before the first row are left out.
 * @param times   opens of the rows, ascending, UTC milliseconds
 * @param stamps  when each print settled
 * @throws        math/sizes-differ
 */
export function ratesOnRows(times: Vector, stamps: Vector, rates: Vector): Float64Array {
  sameSize('settlements and their rates', stamps.length, rates.length);
  const out = new Float64Array(times.length);
  for (let k = 0; k < stamps.length; k++) {
    const row = rowAt(times, stamps[k] ?? NaN);
    const rate = rates[k] ?? NaN;
    if (row >= 0 && !Number.isNaN(rate)) out[row] = (out[row] ?? 0) + rate;
  }
  return out;
}
