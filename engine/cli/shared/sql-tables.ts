import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { reporter } from '../../diag/diagnostic.js';
import { refuse } from '../../diag/refusal.js';
import { type Frame, isFrame } from '../../frame/frame.js';
import { textColumn } from '../../frame/text.js';
import { identifier, literal } from '../../store/codecs/duckdb.js';
import type { ItemOutput, RunData } from './run-data.js';

const report = reporter({
  'query/ambiguous': 'The table "{name}" may be {first} or {second}.',
});

/** A table that a statement may name. */
export interface Table {
  /** `stage`, or `stage.port`: a schema and its table. */
  readonly name: string;
  /** What gives its rows, as `RunData.outputs` takes it. */
  readonly reference: string;
}

/** Every output of the run by the names it goes by: `stage.port`, and `stage` where that is plain. */
export function tablesOf(run: RunData): readonly Table[] {
  const firsts = new Map(run.items.map((item) => [item.stage, item]));
  return [...firsts.values()].flatMap((first) => {
    const item = run.items.find((i) => i.stage === first.stage && i.key !== undefined);
    const ports = Object.keys((item && run.record(item)?.outputs) ?? {});
    const stage = first.stage.replaceAll('/', '_');
    const own = first.stage.slice(first.stage.lastIndexOf('/') + 1);
    const plain =
      ports.length === 1 || ports.includes(own) ? [{ name: stage, reference: first.stage }] : [];
    return [
      ...plain,
      ...ports.map((port) => ({ name: `${stage}.${port}`, reference: `${first.stage}.${port}` })),
    ];
  });
}

/** Whether a statement may mean a table: too often is harmless, it is then read for nothing. */
export function mentions(sql: string, name: string): boolean {
  const plain = sql.toLowerCase().replaceAll('"', '');
  const at = new RegExp(`(?<![\\w.])${name.toLowerCase().replaceAll('.', '\\s*\\.\\s*')}(?!\\w)`);
  return at.test(plain);
}

/** Read an output into the database. @throws query/ambiguous */
export async function load(
  connection: DuckDBConnection,
  run: RunData,
  { name, reference }: Table,
  folder: string,
): Promise<void> {
  const other = tablesOf(run).find((t) => t.name === name && t.reference !== reference);
  if (other)
    refuse(
      report('query/ambiguous', undefined, { name, first: reference, second: other.reference }),
    );
  const outputs = run.outputs(reference);
  const source = outputs.some((o) => o.stored.kind === 'frame')
    ? await frames(run, outputs, join(folder, name))
    : plainRows(run, outputs, join(folder, `${name}.json`));
  const table = (name.includes('.') ? name : `main.${name}`).split('.').map(identifier).join('.');
  const schema = table.slice(0, table.lastIndexOf('.'));
  await connection.run(`create schema if not exists ${schema}`);
  await connection.run(`create table ${table} as select * from ${source}`);
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
    paths.push(literal(path));
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
    const value = plainValue(run, output);
    const records =
      Array.isArray(value) && value.every(isRecord) ? value : [isRecord(value) ? value : { value }];
    return records.map((record) => JSON.stringify({ ...output.item.at, ...record }));
  });
  writeFileSync(path, rows.join('\n'));
  return `read_json(${literal(path)}, format = 'newline_delimited')`;
}

/** Of files and models what a table can hold: their bytes are for `dag show`. */
function plainValue(run: RunData, output: ItemOutput): unknown {
  const { stored } = output;
  return stored.kind === 'file' || stored.kind === 'model'
    ? { name: stored.name, bytes: stored.bytes, digest: stored.object }
    : run.value(output);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value)
  );
}
