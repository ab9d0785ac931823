import { type Column, MISSING_FLAG, MISSING_TEXT } from './column.js';
import { canonicalText } from './text.js';

/** Rows [from, to) of a column; numbers and flags are views of the same memory. */
export function sliceColumn(column: Column, from: number, to: number): Column {
  switch (column.dtype) {
    case 'text':
      return canonicalText(column.codes.subarray(from, to), column.words);
    case 'bool':
      return { dtype: 'bool', values: column.values.subarray(from, to) };
    default:
      return { dtype: column.dtype, values: column.values.subarray(from, to) };
  }
}

/** The rows at `rows`, in that order; −1 gives a missing value. Rows must be inside the column. */
export function takeColumn(column: Column, rows: ArrayLike<number>): Column {
  switch (column.dtype) {
    case 'text':
      return canonicalText(
        pick(new Uint32Array(rows.length), column.codes, rows, MISSING_TEXT),
        column.words,
      );
    case 'bool':
      return {
        dtype: 'bool',
        values: pick(new Uint8Array(rows.length), column.values, rows, MISSING_FLAG),
      };
    default:
      return {
        dtype: column.dtype,
        values: pick(new Float64Array(rows.length), column.values, rows, Number.NaN),
      };
  }
}

function pick<T extends { [row: number]: number }>(
  target: T,
  source: ArrayLike<number>,
  rows: ArrayLike<number>,
  missing: number,
): T {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? -1;
    target[i] = row < 0 ? missing : (source[row] ?? missing);
  }
  return target;
}
