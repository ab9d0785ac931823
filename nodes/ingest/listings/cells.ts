import { readParquet } from '../../../engine/sdk/index.js';
import { readCsv } from './csv.js';
import { textOf } from './files.js';
import { isMoment, nameOf, type Refuse } from './problems.js';

/** A column of times, and how these are written. */
export interface TimeColumn {
  readonly column: string;
  readonly as: 'text' | 'ms' | 'time';
}

/** Texts and times of a table; what is not known is null or NaN. */
export interface Cells {
  readonly file: string;
  readonly length: number;
  readonly text: (column: string, row: number) => string | null;
  readonly time: (column: TimeColumn, row: number) => number;
  readonly rowOf: (index: number) => number;
}

/**
 * Declared columns of a CSV or Parquet file.
 * @throws what `LISTING_ERRORS` names; store/parquet-… for Parquet files that lack a column or hold another type
 */
export async function cellsOf(
  path: string,
  texts: readonly string[],
  times: readonly TimeColumn[],
  refuse: Refuse,
): Promise<Cells> {
  const file = nameOf(path);
  return path.endsWith('.parquet')
    ? parquetCells(path, file, texts, times, refuse)
    : csvCells(path, texts, times, refuse);
}

function csvCells(
  path: string,
  texts: readonly string[],
  times: readonly TimeColumn[],
  refuse: Refuse,
): Cells {
  const wanted = [...new Set([...texts, ...times.map(({ column }) => column)])];
  const { file, columns, length, rowOf } = readCsv(path, textOf(path, refuse), wanted, refuse);
  const text = (column: string, row: number) => columns.get(column)?.[row] ?? null;
  const time = ({ column, as }: TimeColumn, row: number) => {
    const found = text(column, row);
    if (found === null) return Number.NaN;
    return momentOf(found, as, { file, row: rowOf(row), column }, refuse);
  };
  return { file, length, text, time, rowOf };
}

async function parquetCells(
  path: string,
  file: string,
  texts: readonly string[],
  times: readonly TimeColumn[],
  refuse: Refuse,
): Promise<Cells> {
  const DTYPES = { text: 'text', ms: 'f64', time: 'f64' } as const; // a time that may be missing is a number
  const byName = new Map([
    ...texts.map((name) => [name, { name, dtype: 'text' } as const] as const),
    ...times.map(({ column, as }) => [column, { name: column, dtype: DTYPES[as] }] as const),
  ]);
  const frame = await readParquet(path, [...byName.values()]);
  const rowOf = (index: number) => index + 1;
  const columns = new Map(texts.map((name) => [name, frame.texts(name)]));
  const time = ({ column, as }: TimeColumn, row: number) => {
    const found = as === 'text' ? frame.texts(column)[row] : frame.column(column)[row];
    if (found === null || found === undefined || Number.isNaN(found)) return Number.NaN;
    return momentOf(String(found), as, { file, row: rowOf(row), column }, refuse);
  };
  const text = (column: string, row: number) => columns.get(column)?.[row] ?? null;
  return { file, length: frame.length, text, time, rowOf };
}

/** A date, or a date and time in UTC; a time without zone is taken to be UTC, never local. */
const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|\+00:?00)?)?$/;

function momentOf(
  found: string,
  as: TimeColumn['as'],
  place: Readonly<Record<string, unknown>>,
  refuse: Refuse,
): number {
  const ms = as === 'text' ? parsed(found) : Number(found);
  if (isMoment(ms)) return ms;
  const form = as === 'text' ? 'date in ISO form, UTC' : 'time in milliseconds';
  return refuse('ingest/bad-date', { ...place, found: found.slice(0, 40), form });
}

function parsed(text: string): number {
  if (!ISO.test(text)) return Number.NaN;
  const [date = '', rest = ''] = text
    .replace(' ', 'T')
    .replace(/(Z|\+00:?00)$/, '')
    .split('T');
  const time = rest === '' ? '00:00' : rest.replace(/(\.\d{3})\d+$/, '$1');
  const ms = Date.parse(`${date}T${time}Z`);
  // A day that a month does not have is another day to some parsers.
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date ? Number.NaN : ms;
}
