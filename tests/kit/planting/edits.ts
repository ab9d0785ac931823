import type { Given } from '../../../nodes/ingest/tables/given.js';

export const FIVE = 300_000;
/** Funding of the built-in markets is settled every eight hours. */
const PRINT = 96 * FIVE;
/** Rows before an edit whose median size is the usual one: two days. */
const USUAL = 576;

type Turns = number | readonly number[];

/** What is written to which rows of one column of a raw table. Lists are taken in turn, over and over. */
export interface Edit {
  /** Bars if nothing is said. Bars and spot know the columns of `Shape`, other tables those of their contracts. */
  readonly table?: 'bars' | Exclude<keyof Given, 'raw'>;
  readonly column: string;
  /** First and last row, from the one that is stamped at the anchor; without a last one, all that follow. */
  readonly rows: readonly [from: number, to?: number];
  /** Of another symbol than the one that is looked at. */
  readonly symbol?: string;
  /** What stands there: the column of another symbol, a value, or so many times the usual size; else what it was. */
  readonly as?: string;
  readonly set?: Turns;
  readonly usual?: Turns;
  /** That times a factor, and what is added. */
  readonly times?: Turns;
  readonly add?: Turns;
  /** The rows are not there at all. */
  readonly drop?: boolean;
  /** One forced order more in each of these bars, worth `set`. */
  readonly forced?: 'long' | 'short';
}

/** The number of each row that an edit is about. */
export function rowsOf(ts: Readonly<Float64Array>, anchor: number, edit: Edit): readonly number[] {
  const [from, to = Number.POSITIVE_INFINITY] = edit.rows;
  const spacing = edit.table === 'funding' ? PRINT : FIVE;
  const found = Array.from(ts.keys()).filter((row) => {
    const at = Math.floor(((ts[row] ?? Number.NaN) - anchor) / spacing);
    return at >= from && at <= to;
  });
  if (found.length === 0) throw new Error(`No row is where ${edit.column} should be written.`);
  return found;
}

/** A column after an edit of some rows. */
export function changed(
  values: Readonly<Float64Array>,
  rows: readonly number[],
  edit: Edit,
  other: Readonly<Float64Array> = values,
): Float64Array {
  const made = Float64Array.from(values);
  const usual = edit.usual === undefined ? Number.NaN : sizeBefore(values, rows[0] ?? 0);
  rows.forEach((row, i) => {
    const times = inTurn(edit.usual, i);
    const sized = times === undefined ? undefined : times * usual;
    const stands = inTurn(edit.set, i) ?? sized ?? other[row] ?? Number.NaN;
    made[row] = stands * (inTurn(edit.times, i) ?? 1) + (inTurn(edit.add, i) ?? 0);
  });
  return made;
}

function inTurn(given: Turns | undefined, i: number): number | undefined {
  return typeof given === 'object' ? given[i % given.length] : given;
}

function sizeBefore(values: Readonly<Float64Array>, row: number): number {
  const before = values.slice(Math.max(0, row - USUAL), row);
  const sizes = before.map(Math.abs).filter(Number.isFinite).sort();
  return sizes[sizes.length >> 1] ?? Number.NaN;
}
