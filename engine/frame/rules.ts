import type { Dtype } from './column.js';

/** The one declaration of a table: its columns, its order, and when its rows are known. */
export interface Contract {
  readonly name: string;
  readonly columns: ReadonlyMap<string, ColumnRule>;
  /** The columns that say whose row it is, e.g. the symbol. */
  readonly entity: readonly string[];
  /** Rows ascend by these columns. */
  readonly sort: readonly string[];
  /** No two rows agree in all of these columns. */
  readonly unique: readonly string[];
  /** The clock grid: times are whole multiples of this. */
  readonly spacing: Spacing | undefined;
  /** How a row says that it stands for one that was not there; undefined where none does. */
  readonly absent: Absent | undefined;
  /** A column of texts: of each of them, no row between the first and the last of a table means that there was nothing to tell. */
  readonly silence: string | undefined;
  /** When rows are known; undefined for tables without time. */
  readonly available: Available | undefined;
}

/** What holds for one column; other columns of the frame are free. */
export interface ColumnRule {
  readonly dtype: Dtype;
  readonly unit?: string | undefined;
  /** May be missing in a row. */
  readonly nullable: boolean;
  /** May be absent from the frame. */
  readonly optional: boolean;
  /** Least value. */
  readonly min?: number | undefined;
  /** Greatest value. */
  readonly max?: number | undefined;
  /** Values are greater than this. */
  readonly above?: number | undefined;
  /** Values are whole numbers. */
  readonly whole: boolean;
  /** When this column is known, if not with the row. */
  readonly available?: Available | undefined;
}

export interface Spacing {
  readonly column: string;
  /** Milliseconds. */
  readonly every: number;
}

/** A value of a column that tells of nothing: a row that holds nothing beside it stands for one that was not there. */
export interface Absent {
  readonly column: string;
  readonly is: string | number;
}

/** When something is known: some time after a time column; as rows of events; with a window; or from a date on. */
export type Available =
  | { readonly kind: 'after'; readonly column: string; readonly plus: number }
  | { readonly kind: 'events' }
  | { readonly kind: 'window' }
  | { readonly kind: 'static'; readonly column: string };
