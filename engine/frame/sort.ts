import type { Column, Numbers } from './column.js';
import type { Frame } from './frame.js';
import { mergeRuns, type RowOrder } from './runs.js';
import { wordRanks } from './text.js';

/** A column to sort by; a bare name is ascending. */
export type SortKey = string | { readonly column: string; readonly descending: boolean };

/**
 * The rows in sorted order: by the first key, ties by the next, then by row number, so the sort is stable.
 * Missing stands last, also when descending. Texts sort by code units, false before true.
 * @throws frame/no-column
 */
export function sortedRows(frame: Frame, by: readonly SortKey[]): Readonly<Uint32Array> {
  return mergeRuns(frame.length, rowOrder(frame, by));
}

/** The frame with its rows sorted; the same frame when they already are. @throws frame/no-column */
export function sorted(frame: Frame, by: readonly SortKey[]): Frame {
  if (!rowSteps(frame, by).includes(1)) return frame;
  return frame.take(sortedRows(frame, by));
}

/**
 * Of each row whether it stands after the one before it, −1, ties with it, 0, or should stand before it, 1; the first ties.
 * Column by column, and of each only what ties so far, so what is in order is told without an order of two rows.
 * @throws frame/no-column
 */
export function rowSteps(frame: Frame, by: readonly SortKey[]): Readonly<Int8Array> {
  const steps = new Int8Array(frame.length);
  let ties = frame.length - 1;
  for (const { column, sign } of sortKeys(frame, by)) {
    if (ties <= 0) break;
    const values = sortable(column);
    ties = 0;
    for (let row = 1; row < steps.length; row++) {
      if (steps[row] !== 0) continue;
      const step = compared(values[row - 1] ?? Number.NaN, values[row] ?? Number.NaN, sign);
      if (step === 0) ties++;
      else steps[row] = step;
    }
  }
  return steps;
}

/** The order of rows that sort keys declare; 0 for rows that tie. @throws frame/no-column */
export function rowOrder(frame: Frame, by: readonly SortKey[]): RowOrder {
  const keys = sortKeys(frame, by).map(({ column, sign }) => {
    return { values: sortable(column), sign };
  });
  return (a, b) => {
    for (const { values, sign } of keys) {
      const found = compared(values[a] ?? Number.NaN, values[b] ?? Number.NaN, sign);
      if (found !== 0) return found;
    }
    return 0;
  };
}

function sortKeys(frame: Frame, by: readonly SortKey[]) {
  return by.map((key) => {
    const { column, descending } =
      typeof key === 'string' ? { column: key, descending: false } : key;
    return { column: frame.get(column), sign: descending ? -1 : 1 };
  });
}

function compared(x: number, y: number, sign: number): number {
  if (x === y) return 0;
  if (x < y) return -sign;
  if (x > y) return sign;
  return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
}

/** Any column as numbers in its order, NaN where it is missing. */
function sortable(column: Column): Numbers {
  switch (column.dtype) {
    case 'text':
      return ranked(column.codes, wordRanks(column.words));
    case 'bool':
      return ranked(column.values, FLAG_RANKS);
    default:
      return column.values;
  }
}

const FLAG_RANKS = Uint32Array.of(0, 1);

/** The rank of each code; one that has none is missing. */
function ranked(codes: ArrayLike<number>, ranks: Readonly<Uint32Array>): Numbers {
  const values = new Float64Array(codes.length);
  for (let row = 0; row < codes.length; row++) values[row] = ranks[codes[row] ?? -1] ?? Number.NaN;
  return values;
}
