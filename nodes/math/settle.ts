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

/** The longest time between settlements, and how much longer prints may be apart before one of them must be absent. */
const LONGEST = 8 * 3_600_000;
const SLACK = 1.5;

/**
 * How many rows up to each may hold a settlement that nobody printed: those before the first print, and where the next print is
 * further off than settlements are, or never comes, those from when it was due.
 * @param times   opens of the rows, ascending, UTC milliseconds
 * @param stamps  when each print settled, ascending
 */
export function unsettledRows(times: Vector, stamps: Vector): Float64Array {
  const out = new Float64Array(times.length);
  out.fill(1, 0, stamps.length === 0 ? out.length : Math.max(0, rowAt(times, stamps[0] ?? NaN)));
  for (let k = 0; k < stamps.length; k++) {
    const [stamp, next] = [stamps[k] ?? NaN, stamps[k + 1] ?? Infinity];
    if (next - stamp <= SLACK * LONGEST) continue;
    const until = next === Infinity ? times.length : rowAt(times, next);
    const due = lowerBound(times, stamp + LONGEST);
    if (due < until) out.fill(1, due, until);
  }
  for (let row = 1; row < out.length; row++) out[row] = (out[row] ?? 0) + (out[row - 1] ?? 0);
  return out;
}
