import type { Network } from '../venue.js';

type Rest = NonNullable<Network['datasets'][string]['rest']>;

/** Rows that are asked for: of a symbol, with times in [from, to), which are starts of days. */
export interface Question {
  readonly rest: Rest;
  readonly symbol: string;
  /** Milliseconds of a bar. */
  readonly spacing: number;
  readonly from: number;
  readonly to: number;
}

/** One row as it will stand in the file. */
export interface Row {
  readonly time: number;
  readonly text: string;
  /** When the next row is due; the time of this one if that cannot be told. */
  readonly due: number;
}

/**
 * Ask an endpoint. `read` makes rows of the answer, or nothing of one that has another shape.
 * An answer without rows was given several times.
 */
export type Ask = <T>(
  path: string,
  query: Readonly<Record<string, string | number>>,
  what: string,
  read: (json: unknown) => readonly T[] | undefined,
) => Promise<readonly T[] | 'broken'>;

/** How one kind of answer becomes rows of the archive's columns. */
export interface Form {
  /** First line of the files, as the archive has it. */
  readonly header: string;
  /** Every row comes when it is due: a day with a later one has a hole. */
  readonly regular: boolean;
  /** Pages of rows in order of time; after `broken` nothing follows. */
  pages(question: Question, ask: Ask): AsyncIterable<readonly Row[] | 'broken'>;
}

/** Each element read; undefined as soon as one has another shape, or times do not ascend. */
export function rowsIn<T extends { readonly time: number }>(
  json: unknown,
  read: (element: unknown) => T | undefined,
): readonly T[] | undefined {
  if (!Array.isArray(json)) return undefined;
  const rows: T[] = [];
  for (const element of json) {
    const row = read(element);
    const before = rows[rows.length - 1];
    if (row === undefined || (before !== undefined && before.time >= row.time)) return undefined;
    rows.push(row);
  }
  return rows;
}

/** A field of an object, as the text of a number; undefined if it is none. */
export function numberAt(element: unknown, field: string): string | undefined {
  if (typeof element !== 'object' || element === null) return undefined;
  return numeric(Reflect.get(element, field));
}

/** A number or the text of one, as text. */
export function numeric(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^-?\d+(\.\d+)?$/.test(text) ? text : undefined;
}

/** The same for a time in whole milliseconds. */
export function timeAt(element: unknown, field: string): number | undefined {
  const text = numberAt(element, field);
  return text !== undefined && /^\d{12,14}$/.test(text) ? Number(text) : undefined;
}
