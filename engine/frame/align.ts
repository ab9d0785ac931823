import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import type { Numbers } from './column.js';

const report = reporter({
  'frame/unsorted-times':
    '{what} must not decrease: row {row} is {found}, the row before is {before}.',
  'frame/repeated-times': '{what} must be unique: row {row} repeats {found}.',
});

/**
 * For every time the row of `clock` with exactly that time, or −1.
 * @param clock  Strictly increasing.
 * @throws frame/unsorted-times, frame/repeated-times
 */
export function exactRows(times: Numbers, clock: Numbers): Readonly<Int32Array> {
  expectRising(clock, 'The times of the right side', true);
  return latestRows(times, clock, (time, found) => time === found);
}

/**
 * For every time the newest row known by then, or −1 when there is none or it is too old. Times may stand in any order.
 * @param available  When each row became known, UTC milliseconds, not decreasing; of equals the last row wins.
 * @param within     Greatest age in milliseconds, counted from when the row became known.
 * @throws frame/unsorted-times
 */
export function asofRows(
  times: Numbers,
  available: Numbers,
  within: number = Number.POSITIVE_INFINITY,
): Readonly<Int32Array> {
  expectRising(available, 'The times of availability', false);
  return latestRows(times, available, (time, known) => time - known <= within);
}

/** One merge while times rise; a step back is found by bisection. */
function latestRows(
  times: Numbers,
  clock: Numbers,
  accepts: (time: number, found: number) => boolean,
): Readonly<Int32Array> {
  const rows = new Int32Array(times.length).fill(-1);
  let row = -1;
  for (let i = 0; i < times.length; i++) {
    const time = times[i] ?? Number.NaN;
    if (Number.isNaN(time)) continue;
    row = move(clock, row, time);
    if (row >= 0 && accepts(time, clock[row] ?? Number.NaN)) rows[i] = row;
  }
  return rows;
}

/** The last row at most at `time`, looked for from `row`. */
function move(clock: Numbers, row: number, time: number): number {
  if (row >= 0 && (clock[row] ?? 0) > time) return lastAtMost(clock, time);
  let next = row + 1;
  while (next < clock.length && (clock[next] ?? 0) <= time) next++;
  return next - 1;
}

function lastAtMost(clock: Numbers, time: number): number {
  let [low, high] = [0, clock.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((clock[middle] ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Refuse times that step back, stand twice (when `strict`) or are missing. */
function expectRising(times: Numbers, what: string, strict: boolean): void {
  let before = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < times.length; row++) {
    const found = times[row] ?? Number.NaN;
    if (!(found >= before))
      refuse(report('frame/unsorted-times', undefined, { what, row, found, before }));
    if (strict && found === before)
      refuse(report('frame/repeated-times', undefined, { what, row, found }));
    before = found;
  }
}
