import { sameSize, wholeAtLeast } from './guard.js';
import { rowAt } from './settle.js';
import type { Vector } from './vector.js';

/**
 * Funding that a long position of one unit pays, by the row it was decided at: the sum of the rates that settle in rows
 * (row + lag, row + lag + hold]. Whoever is in the position when a row opens pays what settles in it.
 * @param times   opens of the rows, ascending, UTC milliseconds
 * @param stamps  when each print settled, ascending
 * @param lag     rows from the decision to the entry
 * @param hold    rows from the entry to the exit
 * @returns       a value a row; NaN where the position is held before the first print, of which nothing is known, or beyond the rows
 * @throws        math/sizes-differ, math/out-of-range
 */
export function fundingHeld(
  times: Vector,
  stamps: Vector,
  rates: Vector,
  { lag, hold }: { readonly lag: number; readonly hold: number },
): Float64Array {
  sameSize('settlements and their rates', stamps.length, rates.length);
  wholeAtLeast('lag', lag, 0);
  wholeAtLeast('hold', hold, 1);
  const out = new Float64Array(times.length).fill(NaN);
  const first = stamps.length === 0 ? times.length : rowAt(times, stamps[0] ?? NaN);
  const from = Math.max(0, first - lag - 1);
  const to = times.length - lag - hold;
  if (to > from) out.fill(0, from, to);
  for (let k = 0; k < stamps.length; k++) {
    const settled = rowAt(times, stamps[k] ?? NaN);
    const rate = rates[k] ?? NaN;
    const last = Math.min(settled - lag, to);
    for (let row = Math.max(from, settled - lag - hold); row < last; row++) {
      out[row] = (out[row] ?? NaN) + rate;
    }
  }
  return out;
}
