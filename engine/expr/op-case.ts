/** One value of a row; null is missing. */
export type Cell = number | boolean | string | null;

/** Columns of equal length by name. */
export type CaseRows = Readonly<Record<string, readonly Cell[]>>;

/** A worked example of an operator, run by the tests and printed in the reference. */
export interface OperatorCase {
  /** The formula. */
  readonly call: string;
  /** Columns of 5-minute bars from 2024-03-01 00:00 UTC on. */
  readonly rows: CaseRows;
  /** One value a row, of the item's own symbol. */
  readonly gives: readonly Cell[];
  /**
   * Other tables; their column `minute` says how many minutes after the open of the first bar a row starts, and `seen`, where
   * there is one, when it can first be seen.
   */
  readonly tables?: Readonly<Record<string, CaseRows>>;
  /** Rows of further symbols, by id; the item's own symbol is AAA. */
  readonly others?: Readonly<Record<string, CaseRows>>;
  /** Tolerance, absolute and relative; default 1e-12. */
  readonly within?: number;
}
