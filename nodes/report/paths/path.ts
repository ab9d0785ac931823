import { Frame, textColumn } from '../../../engine/sdk/index.js';
import type { Grid } from './grid.js';
import { clusteredMean } from './mean.js';
import type { Placed } from './placed.js';

/** Mean move from the bar of the signal to one beside it. */
export interface Step {
  /** From the signal bar. */
  readonly bar: number;
  readonly count: number;
  readonly mean: number;
  readonly error: number;
}

/** Paths as a table; whose they are stands in a column of this name. */
export function pathTable(
  name: 'candidate' | 'event',
  rows: readonly (Step & { readonly name: string })[],
): Frame {
  return Frame.of(
    {
      [name]: textColumn(rows.map((r) => r.name)),
      bar: rows.map((r) => r.bar),
      count: rows.map((r) => r.count),
      mean: rows.map((r) => r.mean),
      error: rows.map((r) => r.error),
    },
    { bar: 'bars' },
  );
}

/** Mean path of each group, groups by name. @param before  bars before the signal; @param after  bars after it */
export function pathsOf(
  found: ReadonlyMap<string, Placed>,
  { logs }: Grid,
  before: number,
  after: number,
): readonly (Step & { readonly name: string })[] {
  const bars = Array.from({ length: before + after + 1 }, (_, i) => i - before);
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .flatMap(([name, own]) => {
      const room = roomFor(own.rows.length);
      return bars.map((bar) => ({ name, bar, ...pointOf(own, logs, bar, room) }));
    });
}

function pointOf(
  { rows, bases, sides, days }: Placed,
  logs: Float64Array,
  bar: number,
  room: Room,
) {
  let count = 0;
  for (let k = 0; k < rows.length; k++) {
    const moved = (sides[k] ?? 0) * ((logs[(rows[k] ?? 0) + bar] ?? NaN) - (bases[k] ?? NaN));
    if (Number.isNaN(moved)) continue;
    room.values[count] = moved;
    room.days[count] = days[k] ?? 0;
    count++;
  }
  const [values, found] = [room.values.subarray(0, count), room.days.subarray(0, count)];
  return { count, ...clusteredMean(values, found) };
}

/** Room for what occurrences of one group moved, and their days; used again at every step. */
interface Room {
  readonly values: Float64Array;
  readonly days: Float64Array;
}

function roomFor(count: number): Room {
  return { values: new Float64Array(count), days: new Float64Array(count) };
}
