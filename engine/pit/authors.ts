import type { Contract } from '../frame/contract.js';
import type { Frame } from '../frame/frame.js';
import type { ComputedSpec } from './choose.js';

/*
 * Tables whose rows are made by specs, such as decisions or occurrences, rather than columns that are: which spec made a row is a
 * column that has the name of the kind.
 */

/** The specs that made a row, as the row says: by kind an id, or ids that are put together such as `FILTER(BASE)`. */
export type Authors = Readonly<Record<string, string>>;

/** How many rows of a table name a spec. */
export interface AuthoredRows {
  readonly kind: string;
  readonly id: string;
  readonly rows: number;
}

/** Columns that say, row by row, which spec made the row: texts that have the name of a kind of spec the item computes. */
export function authorColumns(
  contract: Contract | undefined,
  specs: readonly ComputedSpec[],
): readonly string[] {
  const kinds = new Set(specs.map(({ kind }) => kind));
  const columns = [...(contract?.columns ?? [])];
  return columns.flatMap(([name, { dtype }]) => (dtype === 'text' && kinds.has(name) ? name : []));
}

/** Tells who made a row; undefined for tables that do not say. */
export function authorsIn(
  frame: Frame,
  columns: readonly string[],
): (row: number) => Authors | undefined {
  const texts = columns.flatMap((name) => {
    const column = frame.has(name) ? frame.get(name) : undefined;
    return column?.dtype === 'text' ? [{ name, column }] : [];
  });
  if (texts.length === 0) return () => undefined;
  return (row) =>
    Object.fromEntries(
      texts.map(({ name, column }) => [name, column.words[column.codes[row] ?? -1] ?? '']),
    );
}

/** The specs that rows of a table name, with how many rows do. */
export function authoredRows(frame: Frame, columns: readonly string[]): readonly AuthoredRows[] {
  return columns.flatMap((kind) => {
    const column = frame.has(kind) ? frame.get(kind) : undefined;
    if (column?.dtype !== 'text') return [];
    const counts = new Map<string, number>();
    for (const code of column.codes)
      for (const id of named(column.words[code] ?? '')) counts.set(id, (counts.get(id) ?? 0) + 1);
    return [...counts].map(([id, rows]) => ({ kind, id, rows }));
  });
}

/** The ids in a cell: `FILTER(BASE)` has two. */
export function named(cell: string): readonly string[] {
  return cell.match(/[\w.+-]+/g) ?? [];
}
