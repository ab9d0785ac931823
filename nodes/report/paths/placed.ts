import { DAY } from '../../math/days.js';
import type { Grid } from './grid.js';

/** Rows in order of time: the group of each, and which way it points; 0 points nowhere. */
export interface Pointed {
  readonly names: readonly (string | null)[];
  readonly symbols: readonly (string | null)[];
  readonly times: ArrayLike<number>;
  readonly sides: ArrayLike<number>;
}

/** Rows of one group that point somewhere and have a bar, in order of time. */
export interface Placed {
  /** Row of the grid. */
  readonly rows: Int32Array;
  /** Log price at the occurrence. */
  readonly bases: Float64Array;
  /** +1 or -1. */
  readonly sides: Int8Array;
  /** UTC day, counted from 1970. */
  readonly days: Int32Array;
}

/** Rows by group; a group none of whose rows has a place is there too. */
export function placed(
  { names, symbols, times, sides }: Pointed,
  { logs, rowOf }: Grid,
): ReadonlyMap<string, Placed> {
  const sizes = new Map<string, number>();
  for (const id of names) sizes.set(id ?? '', (sizes.get(id ?? '') ?? 0) + 1);
  const found = new Map([...sizes].map(([id, size]) => [id, { ...roomFor(size), count: 0 }]));
  for (const [i, id] of names.entries()) {
    const own = found.get(id ?? '');
    const side = sides[i] ?? 0;
    const ts = times[i] ?? Number.NaN;
    const row = side === 0 ? -1 : rowOf(symbols[i] ?? '', ts);
    if (!own || row < 0) continue;
    own.rows[own.count] = row;
    own.bases[own.count] = logs[row] ?? Number.NaN;
    own.sides[own.count] = side;
    own.days[own.count] = Math.floor(ts / DAY);
    own.count++;
  }
  return new Map([...found].map(([id, own]) => [id, firstOf(own, own.count)]));
}

function roomFor(n: number): Placed {
  return {
    rows: new Int32Array(n),
    bases: new Float64Array(n),
    sides: new Int8Array(n),
    days: new Int32Array(n),
  };
}

function firstOf({ rows, bases, sides, days }: Placed, n: number): Placed {
  return {
    rows: rows.subarray(0, n),
    bases: bases.subarray(0, n),
    sides: sides.subarray(0, n),
    days: days.subarray(0, n),
  };
}
