import { asofRows, exactRows } from './align.js';
import type { Column, Numbers } from './column.js';
import { type Entry, Frame } from './frame.js';
import { takeColumn } from './view.js';

/**
 * Add columns of another table on the same clock: rows of equal time. A row absent there is missing here.
 * @param on      The time column of both sides; unique and sorted on the right.
 * @param prefix  Put before the names of the added columns.
 * @throws frame/no-column, frame/duplicate-column, frame/unsorted-times, frame/repeated-times
 */
export function joinExact(
  left: Frame,
  right: Frame,
  on: string,
  columns: readonly string[],
  prefix = '',
): Frame {
  const rows = exactRows(left.time(on), right.time(on));
  const added = picked(right, rows, columns).map((e) => ({ ...e, name: prefix + e.name }));
  const kept = left.names.map((name) => ({ name, column: left.get(name), unit: left.unit(name) }));
  return Frame.from([...kept, ...added], left.length);
}

/**
 * Columns of a table on another clock as they were known at each time: the newest row available by then.
 * @param times      Decision times, UTC milliseconds; NaN gives missing.
 * @param available  When each row of `right` became known, UTC milliseconds, not decreasing.
 * @param within     Greatest age in milliseconds; older rows give missing. Slow series must say how long they last.
 * @returns          One row a decision time, only the columns asked for.
 * @throws frame/no-column, frame/unsorted-times
 */
export function asof(
  times: Numbers,
  right: Frame,
  available: Numbers,
  columns: readonly string[],
  within?: number,
): Frame {
  return Frame.from(picked(right, asofRows(times, available, within), columns), times.length);
}

/** A time column becomes numbers in `ms`: it may be missing now, and times never are. */
function picked(right: Frame, rows: ArrayLike<number>, names: readonly string[]): readonly Entry[] {
  return names.map((name) => {
    const column = takeColumn(right.get(name), rows);
    const unit = right.unit(name);
    if (column.dtype !== 'time') return { name, column, unit };
    const numbers: Column = { dtype: 'f64', values: column.values };
    return { name, column: numbers, unit: unit ?? 'ms' };
  });
}
