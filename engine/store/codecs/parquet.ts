import { rename, rm } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { DuckDBConnection, DuckDBType, DuckDBVector } from '@duckdb/node-api';
import { reporter } from '../../diag/diagnostic.js';
import { refuse } from '../../diag/refusal.js';
import { MISSING_FLAG, MISSING_TEXT, type TextColumn } from '../../frame/column.js';
import type { Frame } from '../../frame/frame.js';
import { temporaryName } from '../atomic.js';
import { guardedLater } from '../failure.js';
import { identifier, literal, withDuckdb } from './duckdb.js';

const report = reporter({
  'store/parquet-empty': 'A frame without columns cannot be written to {path}.',
  'store/parquet-names':
    'Columns {first} and {second} differ only in case, which {path} cannot tell apart.',
  'store/parquet-infinite': 'Column {column} holds {found} (row {row}); {path} is not written.',
});

/** Rows of one DuckDB vector. */
const CHUNK = 2048;
/** Rows of one row group: fixed, since it decides the bytes. */
const GROUP = 122_880;

/**
 * Write a frame as Parquet: zstd, columns in order, times as TIMESTAMP(ms) in UTC, missing as null. The file is there
 * whole or not at all, and equal frames give equal bytes.
 * @throws store/parquet-empty, store/parquet-names, store/parquet-infinite, store/parquet, store/disk-full …
 */
export async function writeParquet(
  frame: Frame,
  path: string,
  signal?: AbortSignal,
): Promise<void> {
  const target = resolve(path);
  expectWritable(frame, path);
  const temporary = temporaryName(target, basename(target));
  await guardedLater(target, async () => {
    try {
      await withDuckdb(path, signal, (connection) => copyOut(connection, frame, temporary));
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  });
}

async function copyOut(connection: DuckDBConnection, frame: Frame, target: string): Promise<void> {
  const { fields } = frame;
  const columns = fields.map(({ dtype }, i) => `c${i} ${RAW[dtype]}`);
  // The table goes with its connection.
  await connection.run(`CREATE TEMP TABLE frame_rows (${columns.join(', ')})`);
  await append(connection, frame);
  const selected = fields.map(
    ({ name, dtype }, i) => `${OUT[dtype](`c${i}`)} AS ${identifier(name)}`,
  );
  await connection.run(
    `COPY (SELECT ${selected.join(', ')} FROM frame_rows) TO ${literal(target)}
     (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${GROUP})`,
  );
}

/** Values go in as plain numbers and texts; SQL makes nulls, flags and times of them, faster than bits set one by one. */
const RAW = { f64: 'DOUBLE', time: 'DOUBLE', bool: 'UTINYINT', text: 'VARCHAR' } as const;
const OUT = {
  f64: (c: string) => `CASE WHEN isnan(${c}) THEN NULL ELSE ${c} END`,
  time: (c: string) => `CAST(make_timestamp_ms(CAST(${c} AS BIGINT)) AS TIMESTAMP_MS)`,
  bool: (c: string) => `CASE WHEN ${c} = ${MISSING_FLAG} THEN NULL ELSE ${c} = 1 END`,
  text: (c: string) => c,
} as const;

async function append(connection: DuckDBConnection, frame: Frame): Promise<void> {
  const { DuckDBDataChunk, DOUBLE, UTINYINT, VARCHAR } = await import('@duckdb/node-api');
  const { default: native } = await import('@duckdb/node-bindings');
  const types: Readonly<Record<string, DuckDBType>> = { DOUBLE, UTINYINT, VARCHAR };
  const columns = frame.fields.map(({ name }) => frame.get(name));
  const chunkTypes = columns.map((column) => types[RAW[column.dtype]] ?? DOUBLE);
  const appender = await connection.createAppender('frame_rows');
  try {
    for (let start = 0; start < frame.length; start += CHUNK) {
      const end = Math.min(start + CHUNK, frame.length);
      const chunk = DuckDBDataChunk.create(chunkTypes, end - start);
      columns.forEach((column, i) => {
        if (column.dtype === 'text') {
          setTexts(chunk.getColumnVector(i), column, start);
          return;
        }
        // A value set through its vector takes longer than all that DuckDB does with it.
        const values = column.values.subarray(start, end);
        const vector = native.data_chunk_get_vector(chunk.chunk, i);
        native.copy_data_to_vector(vector, 0, ownBuffer(values), 0, values.byteLength);
      });
      appender.appendDataChunk(chunk);
    }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
}

function setTexts(vector: DuckDBVector, { codes, words }: TextColumn, start: number): void {
  for (let row = 0; row < vector.itemCount; row++) {
    const code = codes[start + row] ?? MISSING_TEXT;
    vector.setItem(row, code === MISSING_TEXT ? null : (words[code] ?? null));
  }
  vector.flush();
}

/** A copy of the values that nothing else shares: DuckDB takes no memory that threads share. */
function ownBuffer(values: Readonly<Float64Array | Uint8Array>): ArrayBuffer {
  return values.slice().buffer;
}

function expectWritable(frame: Frame, path: string): void {
  if (frame.fields.length === 0) refuse(report('store/parquet-empty', undefined, { path }));
  const seen = new Map<string, string>();
  for (const { name, dtype } of frame.fields) {
    const first = seen.get(name.toLowerCase());
    if (first !== undefined)
      refuse(report('store/parquet-names', undefined, { first, second: name, path }));
    seen.set(name.toLowerCase(), name);
    if (dtype !== 'f64') continue;
    const values = frame.column(name);
    const row = values.findIndex((value) => value === Infinity || value === -Infinity);
    if (row >= 0)
      refuse(
        report('store/parquet-infinite', undefined, {
          column: name,
          found: values[row],
          row,
          path,
        }),
      );
  }
}
