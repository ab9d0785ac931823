import { Frame } from '../../../engine/sdk/index.js';
import { picked } from '../grid/picked.js';
import type { Handled } from '../quality/handled.js';
import { Tally } from '../quality/tally.js';

const UNITS = {
  base: 'base',
  value: 'quote',
  top_account_ratio: undefined,
  top_position_ratio: undefined,
  account_ratio: undefined,
  taker_ratio: undefined,
} as const;
const STEP = 300_000;

/**
 * Open interest, one row a reading. Of several rows of one time the last stands, since sources correct themselves; a negative
 * figure is missing.
 */
export function cleanInterest(raw: Frame): Handled {
  const [ts, faults] = [raw.time('ts'), new Tally()];
  const columns = Object.keys(UNITS).map((name) => ({ name, values: raw.column(name) }));
  const alike = (a: number, b: number): boolean =>
    columns.every(({ values }) => Object.is(values[a], values[b]));
  const { rows, dropped } = lastOfEach(ts, alike);
  const clean = columns.map(({ name, values }) => {
    const column = picked(values, rows);
    for (let row = 0; row < column.length; row++) {
      if (!((column[row] ?? 0) < 0)) continue;
      faults.add('negative');
      column[row] = Number.NaN;
    }
    return [name, column] as const;
  });
  const frame = Frame.of(
    { ts: { dtype: 'time', values: picked(ts, rows) }, ...Object.fromEntries(clean) },
    { base: UNITS.base, value: UNITS.value },
  );
  return { frame, faults: faults.counts, dropped };
}

/** The last row of each time, and why the others were dropped. */
function lastOfEach(ts: Readonly<Float64Array>, alike: (a: number, b: number) => boolean) {
  const [rows, dropped] = [new Int32Array(ts.length), new Tally()];
  let count = 0;
  for (let row = 0; row < ts.length; row++) {
    const before = rows[count - 1];
    if (before !== undefined && ts[before] === ts[row]) {
      dropped.add(alike(before, row) ? 'duplicate' : 'corrected');
      rows[count - 1] = row;
    } else rows[count++] = row;
  }
  return { rows: rows.subarray(0, count), dropped: dropped.counts };
}

/**
 * How far apart readings usually are, milliseconds: the distance that occurs most often, the shorter of two that occur equally
 * often. For coverage alone: it looks at all of them.
 */
export function usualStep(times: Readonly<Float64Array>): number {
  const counts = new Map<number, number>();
  for (let row = 1; row < times.length; row++) {
    const step = (times[row] ?? 0) - (times[row - 1] ?? 0);
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  let [best, most] = [STEP, 0];
  for (const [step, count] of counts) {
    if (count > most || (count === most && step < best)) [best, most] = [step, count];
  }
  return best;
}
