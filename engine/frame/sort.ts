import { type Column, MISSING_FLAG, MISSING_TEXT, type Numbers } from './column.js';
import type { Frame } from './frame.js';
import { wordRanks } from './text.js';

/** A column to sort by; a bare name is ascending. */
export type SortKey = string | { readonly column: string; readonly descending: boolean };

/** Compares two rows by their indices. */
export type RowOrder = (a: number, b: number) => number;

/**
 * The rows in sorted order: by the first key, ties by the next, then by row number, so the sort is stable.
 * Missing stands last, also when descending. Texts sort by code units, false before true.
 * @throws frame/no-column
 */
export function sortedRows(frame: Frame, by: readonly SortKey[]): Readonly<Uint32Array> {
  const rows = Uint32Array.from({ length: frame.length }, (_, row) => row);
  const order = rowOrder(frame, by);
  if (isSorted(frame.length, order)) return rows;
  return rows.sort((a, b) => order(a, b) || a - b);
}

/** The frame with its rows sorted; the same frame when they already are. @throws frame/no-column */
export function sorted(frame: Frame, by: readonly SortKey[]): Frame {
  return isSorted(frame.length, rowOrder(frame, by)) ? frame : frame.take(sortedRows(frame, by));
}

/** The order of rows that sort keys declare; 0 for rows that tie. @throws frame/no-column */
export function rowOrder(frame: Frame, by: readonly SortKey[]): RowOrder {
  const orders = by.map((key) => {
    const { column, descending } =
      typeof key === 'string' ? { column: key, descending: false } : key;
    return compareNumbers(sortable(frame.get(column)), descending ? -1 : 1);
  });
  const [only] = orders;
  if (orders.length === 1 && only) return only;
  return (a, b) => {
    for (const order of orders) {
      const c = order(a, b);
      if (c !== 0) return c;
    }
    return 0;
  };
}

function isSorted(rows: number, order: RowOrder): boolean {
  for (let row = 1; row < rows; row++) if (order(row - 1, row) > 0) return false;
  return true;
}

/** Any column as numbers in its order, NaN where it is missing. */
function sortable(column: Column): Numbers {
  switch (column.dtype) {
    case 'text': {
      const ranks = wordRanks(column.words);
      return Float64Array.from(column.codes, (code) =>
        code === MISSING_TEXT ? Number.NaN : (ranks[code] ?? Number.NaN),
      );
    }
    case 'bool':
      return Float64Array.from(column.values, (flag) =>
        flag === MISSING_FLAG ? Number.NaN : flag,
      );
    default:
      return column.values;
  }
}

function compareNumbers(values: Numbers, sign: 1 | -1): RowOrder {
  return (a, b) => {
    const x = values[a] ?? Number.NaN;
    const y = values[b] ?? Number.NaN;
    if (x < y) return -sign;
    if (x > y) return sign;
    if (x === y) return 0;
    return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
  };
}
