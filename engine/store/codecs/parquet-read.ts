import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { reporter } from '../../diag/diagnostic.js';
import { refuse } from '../../diag/refusal.js';
import { suggestion } from '../../diag/suggest.js';
import { type Column, type Dtype, MISSING_FLAG } from '../../frame/column.js';
import { type Entry, Frame } from '../../frame/frame.js';
import { textColumn } from '../../frame/text.js';
import { unlessAbsent } from '../failure.js';
import { identifier, literal, withDuckdb } from './duckdb.js';

/** A column to read: what it becomes, and what it is called in the file if otherwise. */
export interface ParquetColumn {
  readonly name: string;
  readonly dtype: Dtype;
  readonly unit?: string | undefined;
  readonly from?: string | undefined;
}

const report = reporter({
  'store/no-file': 'There is no file {path}.',
  'store/parquet-column': '{path} has no column {column}.',
  'store/parquet-type': 'Column {column} of {path} is {found}, which cannot be read as {expected}.',
  'store/parquet-value': 'Column {column} of {path} holds {found} (row {row}); {rule}.',
});

const FLOATS = /^(?:DOUBLE|FLOAT|DECIMAL\(.*\))$/;
const INTEGERS = /^U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/;
const TIMES = /^(?:TIMESTAMP(?:_S|_MS|_NS)?|TIMESTAMP WITH TIME ZONE|DATE)$/;
const TEXTS = /^(?:VARCHAR|ENUM\(.*\)|UUID)$/;

/** A source column with the SQL that gives plain doubles, bytes or texts, nulls only among texts. */
interface Source extends ParquetColumn {
  readonly sql: string;
  /** The source is whole: doubles hold it up to 2⁵³. */
  readonly exact: boolean;
}

/**
 * Read declared columns of a Parquet file; nothing is inferred. Nulls are missing, rows stay in order.
 * Numbers come from any numeric type, times from timestamps, dates or int64 milliseconds. A timestamp or date that may be missing is
 * read as a number: its milliseconds.
 * @throws store/no-file, store/parquet (not Parquet), store/parquet-column, store/parquet-type, store/parquet-value
 *         (±∞, whole numbers beyond 2⁵³, missing times, times between milliseconds)
 */
export async function readParquet(
  path: string,
  columns: readonly ParquetColumn[],
  signal?: AbortSignal,
): Promise<Frame> {
  const file = resolve(path);
  const stat = unlessAbsent(file, () => statSync(file));
  if (!stat?.isFile()) return refuse(report('store/no-file', undefined, { path }));
  return withDuckdb(path, signal, async (connection) => {
    const table = `read_parquet(${literal(file)}, hive_partitioning = false)`;
    const found = await types(connection, table);
    const sources = columns.map((column) => source(path, column, found));
    const entries = await readColumns(connection, table, path, sources);
    const rows = entries.length > 0 ? undefined : await count(connection, table);
    return Frame.from(entries, rows);
  });
}

/** The columns and DuckDB types of a Parquet file, in order. @throws store/no-file, store/parquet */
export async function parquetTypes(path: string): Promise<ReadonlyMap<string, string>> {
  const file = resolve(path);
  const stat = unlessAbsent(file, () => statSync(file));
  if (!stat?.isFile()) return refuse(report('store/no-file', undefined, { path }));
  return withDuckdb(path, undefined, (connection) =>
    types(connection, `read_parquet(${literal(file)}, hive_partitioning = false)`),
  );
}

async function types(
  connection: DuckDBConnection,
  table: string,
): Promise<ReadonlyMap<string, string>> {
  const { DuckDBTypeId } = await import('@duckdb/node-api');
  const result = await connection.stream(`SELECT * FROM ${table} LIMIT 0`);
  return new Map(
    result.columnNames().map((name, i) => {
      const type = result.columnType(i);
      return [name, type.typeId === DuckDBTypeId.ENUM ? 'ENUM()' : String(type)];
    }),
  );
}

async function count(connection: DuckDBConnection, table: string): Promise<number> {
  const reader = await connection.runAndReadAll(`SELECT count(*)::DOUBLE FROM ${table}`);
  return Number(reader.value(0, 0));
}

function source(path: string, column: ParquetColumn, found: ReadonlyMap<string, string>): Source {
  const name = column.from ?? column.name;
  const type = found.get(name);
  if (type === undefined) {
    const hint = suggestion(name, found.keys());
    return refuse(report('store/parquet-column', undefined, { path, column: name }, { hint }));
  }
  const sql = sqlOf(column.dtype, type, identifier(name));
  if (sql === undefined) {
    return refuse(
      report('store/parquet-type', undefined, {
        path,
        column: name,
        found: type,
        expected: column.dtype,
      }),
    );
  }
  return { ...column, sql, exact: INTEGERS.test(type) };
}

/** Missing numbers are NaN and missing flags a byte before they leave SQL: nulls are slow to tell one by one. */
function sqlOf(dtype: Dtype, type: string, name: string): string | undefined {
  switch (dtype) {
    case 'f64':
      if (TIMES.test(type)) return milliseconds(type, name);
      return FLOATS.test(type) || INTEGERS.test(type)
        ? number(`CAST(${name} AS DOUBLE)`)
        : undefined;
    case 'bool':
      return type === 'BOOLEAN'
        ? `coalesce(CAST(${name} AS UTINYINT), ${MISSING_FLAG})`
        : undefined;
    case 'text':
      return TEXTS.test(type) ? `CAST(${name} AS VARCHAR)` : undefined;
    case 'time':
      return type === 'BIGINT'
        ? number(`CAST(${name} AS DOUBLE)`)
        : TIMES.test(type)
          ? milliseconds(type, name)
          : undefined;
  }
}

/** Whole milliseconds; a stamp between two gets half a one, which is refused later: stamps are not rounded. */
function milliseconds(type: string, name: string): string {
  const [stamp, unit] =
    type === 'TIMESTAMP_NS'
      ? [`epoch_ns(${name})`, 1_000_000]
      : [`epoch_us(CAST(${name} AS TIMESTAMP))`, 1000];
  return number(
    `CAST(${stamp} // ${unit} AS DOUBLE) + CASE WHEN ${stamp} % ${unit} = 0 THEN 0 ELSE 0.5 END`,
  );
}

function number(sql: string): string {
  return `coalesce(${sql}, 'nan'::DOUBLE)`;
}

async function readColumns(
  connection: DuckDBConnection,
  table: string,
  path: string,
  sources: readonly Source[],
): Promise<readonly Entry[]> {
  if (sources.length === 0) return [];
  const selected = sources.map(({ sql }, i) => `${sql} AS c${i}`).join(', ');
  const result = await connection.stream(`SELECT ${selected} FROM ${table}`);
  const chunks = await result.fetchAllChunks();
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
  return sources.map((from, i) => {
    const column = collect(from, chunks, i, rows);
    expectLegal(path, from, column);
    return { name: from.name, unit: from.unit, column };
  });
}

function collect(
  from: Source,
  chunks: readonly DuckDBDataChunk[],
  at: number,
  rows: number,
): Column {
  switch (from.dtype) {
    case 'text':
      return collectTexts(chunks, at);
    case 'bool':
      return { dtype: 'bool', values: fill(new Uint8Array(rows), chunks, at) };
    default:
      return { dtype: from.dtype, values: fill(new Float64Array(rows), chunks, at) };
  }
}

function fill<T extends { [row: number]: number }>(
  target: T,
  chunks: readonly DuckDBDataChunk[],
  at: number,
): T {
  let start = 0;
  for (const chunk of chunks) {
    const vector = chunk.getColumnVector(at);
    const size = vector.itemCount;
    for (let row = 0; row < size; row++) target[start + row] = Number(vector.getItem(row));
    start += size;
  }
  return target;
}

function collectTexts(chunks: readonly DuckDBDataChunk[], at: number): Column {
  const texts: (string | null)[] = [];
  for (const chunk of chunks) {
    const vector = chunk.getColumnVector(at);
    for (let row = 0; row < vector.itemCount; row++) {
      const text = vector.getItem(row);
      texts.push(typeof text === 'string' ? text : null);
    }
  }
  return textColumn(texts);
}

function expectLegal(path: string, from: Source, column: Column): void {
  if (column.dtype === 'text' || column.dtype === 'bool') return;
  const { values } = column;
  const illegal = (rule: string, test: (value: number) => boolean): void => {
    let row = 0;
    while (row < values.length && !test(values[row] ?? 0)) row++;
    if (row === values.length) return;
    const found = Number.isNaN(values[row]) ? 'a missing value' : values[row];
    refuse(
      report('store/parquet-value', undefined, {
        path,
        column: from.from ?? from.name,
        found,
        row,
        rule,
      }),
    );
  };
  illegal('infinite numbers are refused', (value) => value === Infinity || value === -Infinity);
  if (column.dtype === 'time') {
    illegal('times are whole milliseconds, never missing', (value) => !Number.isSafeInteger(value));
  } else if (from.exact) {
    illegal(
      'whole numbers are exact up to 2^53 only',
      (value) => Math.abs(value) > Number.MAX_SAFE_INTEGER,
    );
  }
}
