import type { Frame } from '../../frame/frame.js';

/**
 * Rows that a table on a regular clock lacks from its first row to its last: those that are absent, and those that hold no number.
 * @param spacing  Milliseconds from one row to the next.
 */
export function gapsIn(frame: Frame, spacing: number): number {
  const clock = frame.fields.find((f) => f.dtype === 'time')?.name;
  if (clock === undefined || frame.length === 0) return 0;
  const times = frame.time(clock);
  const steps = Math.round(((times[times.length - 1] ?? 0) - (times[0] ?? 0)) / spacing) + 1;
  return Math.max(0, steps - frame.length) + empty(frame);
}

/** Rows in which every column of numbers is missing; none where there is no such column. */
function empty(frame: Frame): number {
  const columns = frame.fields.flatMap(({ name, dtype }) =>
    dtype === 'f64' ? [frame.column(name)] : [],
  );
  if (columns.length === 0) return 0;
  let found = 0;
  for (let row = 0; row < frame.length; row++) {
    if (columns.every((values) => Number.isNaN(values[row]))) found += 1;
  }
  return found;
}
