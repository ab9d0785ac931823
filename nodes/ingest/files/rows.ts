import type { Unit } from './units.js';

/** What a column of a file is read as; the layout declares it. */
export type Reading =
  /** A decimal number. */
  | { readonly as: 'number' }
  /** A count of s, ms, µs or ns; gives milliseconds, and notes which it was. */
  | { readonly as: 'epoch'; readonly seen?: Set<Unit> }
  /** A date or time in words; gives milliseconds. */
  | { readonly as: 'time' }
  /** A timestamp of the file's own type, else as `time`; gives milliseconds. */
  | { readonly as: 'stamp' }
  /** Texts that mean true and false; gives 1 and 0. */
  | { readonly as: 'flag'; readonly yes: readonly string[]; readonly no: readonly string[] }
  /** Whether the text is this one; gives 1 and 0. */
  | { readonly as: 'match'; readonly text: string };

/** A column to be read: its name in the file, and where it stands in files without names. */
export interface Wanted {
  readonly name: string;
  readonly at: number;
  readonly reading: Reading;
  readonly empty: boolean;
}

/**
 * Columns of one file as numbers, in the order of what was wanted. NaN is an empty cell; times are milliseconds, between two
 * of them where the file counts finer.
 */
export interface Cells {
  readonly columns: readonly Float64Array[];
  readonly length: number;
  /** Number of a row as a person counts it in the file. */
  readonly rowOf: (index: number) => number;
}

/** Rows of one symbol from one file: values by column of the raw table, flags as 0 and 1. */
export interface Rows {
  readonly file: string;
  readonly length: number;
  readonly ts: Float64Array;
  readonly columns: ReadonlyMap<string, Float64Array>;
  /** Sequence numbers that order rows of one time. */
  readonly id: Float64Array | undefined;
  readonly rowOf: (index: number) => number;
}
