import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { reporter } from '../../diag/diagnostic.js';
import { refuse } from '../../diag/refusal.js';
import { suggestion } from '../../diag/suggest.js';
import { type Frame, isFrame } from '../../frame/frame.js';
import { textColumn } from '../../frame/text.js';
import type { ItemOutput, RunData } from './run-data.js';

const report = reporter({ 'query/sql': 'The database says: {message}' });

/** Rows of an answer: numbers, booleans, text or null. */
export interface Answer {
  readonly names: readonly string[];
  readonly rows: readonly (readonly (number | boolean | string | null)[])[];
}

/** A table that a statement may name. */
interface Table {
  readonly name: string;
  /** What gives its rows, as `RunData.outputs` takes it. */
  readonly reference: string;
}

/**
 * The answer to a statement over the outputs of a run. Only outputs whose stage the statement names are read.
 * @throws query/sql with what the database found wrong.
 */
export async function ask(run: RunData, sql: string): Promise<Answer> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const folder = mkdtempSync(join(tmpdir(), 'dag-query-'));
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GiB', threads: '1' });
  const connection = await instance.connect();
  try {
    await connection.run("set timezone = 'UTC'");
    const tables = tablesOf(run);
    for (const table of tables)
      if (mentions(sql, table.name)) await load(connection, run, table, folder);
    return await answer(connection, sql, tables);
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function answer(
  connection: DuckDBConnection,
  sql: string,
  tables: readonly Table[],
): Promise<Answer> {
  try {
    const reader = await connection.runAndReadAll(sql);
    return { names: reader.columnNames(), rows: reader.getRowsJson().map((row) => row.map(cell)) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const missing = /Table with name (\S+) does not exist/.exec(message)?.[1];
    const hint =
      missing === undefined
        ? undefined
        : suggestion(
            missing,
            tables.map((t) => t.name),
          );
    return refuse(report('query/sql', undefined, { message: message.split('\n')[0] }, { hint }));
  }
}

/** Big integers and decimals come as text; what is a number to people is one here. */
function cell(value: unknown): number | boolean | string | null {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value !== 'string') return JSON.stringify(value);
  return /^-?\d{1,15}(\.\d+)?$/.test(value) ? Number(value) : value;
}

/** Every output of the run by the names it goes by: `stage.port`, and `stage` where that is plain. */
function tablesOf(run: RunData): readonly Table[] {
  const firsts = new Map(run.items.map((item) => [item.stage, item]));
  return [...firsts.values()].flatMap((first) => {
    const item = run.items.find((i) => i.stage === first.stage && i.key !== undefined);
    const ports = Object.keys((item && run.record(item)?.outputs) ?? {});
    const stage = sqlName(first.stage);
    const own = first.stage.slice(first.stage.lastIndexOf('/') + 1);
    const plain =
      ports.length === 1 || ports.includes(own) ? [{ name: stage, reference: first.stage }] : [];
    return [
      ...plain,
      ...ports.map((port) => ({ name: `${stage}.${port}`, reference: `${first.stage}.${port}` })),
    ];
  });
}

function sqlName(stage: string): string {
  return stage.replaceAll('/', '_');
}

function mentions(sql: string, name: string): boolean {
  const plain = sql.toLowerCase().replaceAll('"', '');
  const at = new RegExp(`(?<![\\w.])${name.toLowerCase().replaceAll('.', '\\s*\\.\\s*')}(?!\\w)`);
  return at.test(plain);
}

async function load(
  connection: DuckDBConnection,
  run: RunData,
  table: Table,
  folder: string,
): Promise<void> {
  const outputs = run.outputs(table.reference);
  const source = outputs.some((o) => o.stored.kind === 'frame')
    ? await frames(run, outputs, join(folder, table.name))
    : plainRows(run, outputs, join(folder, `${table.name}.json`));
  const [schema, name] = table.name.includes('.') ? table.name.split('.') : ['main', table.name];
  await connection.run(`create schema if not exists "${schema}"`);
  await connection.run(`create table "${schema}"."${name}" as select * from ${source}`);
}

async function frames(
  run: RunData,
  outputs: readonly ItemOutput[],
  prefix: string,
): Promise<string> {
  const { writeParquet } = await import('../../store/codecs/parquet.js');
  const paths: string[] = [];
  for (const output of outputs) {
    const value = run.value(output);
    if (!isFrame(value)) continue;
    const path = `${prefix}-${paths.length}.parquet`;
    await writeParquet(withDimensions(value, output), path);
    paths.push(`'${path}'`);
  }
  return `read_parquet([${paths.join(', ')}], union_by_name = true)`;
}

/** The ids of an item as columns, where the table does not have them itself. */
function withDimensions(frame: Frame, { item }: ItemOutput): Frame {
  let made = frame;
  for (const [name, id] of Object.entries(item.at)) {
    if (!made.has(name))
      made = made.with(name, textColumn(new Array<string>(frame.length).fill(id)));
  }
  return made;
}

/** Lists of records give a row each; anything else is one row with `value`. */
function plainRows(run: RunData, outputs: readonly ItemOutput[], path: string): string {
  const rows = outputs.flatMap((output) => {
    const value: unknown = run.value(output);
    const records =
      Array.isArray(value) && value.every(isRecord) ? value : [isRecord(value) ? value : { value }];
    return records.map((record) => JSON.stringify({ ...output.item.at, ...record }));
  });
  writeFileSync(path, rows.join('\n'));
  return `read_json('${path}', format = 'newline_delimited')`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value)
  );
}
