import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance, DuckDBResultReader } from '@duckdb/node-api';
import { reporter } from '../../diag/diagnostic.js';
import { Refusal, refuse } from '../../diag/refusal.js';
import { suggestion } from '../../diag/suggest.js';
import { literal } from '../../store/codecs/duckdb.js';
import type { RunData } from './run-data.js';
import { loadPublished, mentionsPublished, type PublishedTable } from './sql-published.js';
import { load, mentions, type Table, tablesOf } from './sql-tables.js';

const report = reporter({
  'query/sql': 'The database says: {message}',
  'query/several': 'There are {count} statements: a query is one.',
  'query/empty': 'There is no statement to run.',
  'query/files':
    'A query reads the outputs of a run; it cannot read or write files or load extensions.',
});

/** Rows of an answer: numbers, booleans, text or null. */
export interface Answer {
  readonly names: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export type Cell = number | boolean | string | null;

/** A table by its name in SQL. */
type Named = Pick<Table, 'name'>;

const PUBLISHED =
  'what pipelines published are tables: lake/features/perp is published.features_perp';

/** Extensions would come from the network. */
const OPTIONS = {
  threads: '1',
  memory_limit: '1GiB',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
};

/**
 * The answer to a statement over the outputs of a run, and over what is published. Only outputs whose stage the statement names
 * are read, and once they are, the database sees no file any more.
 * @param published  The published tables; asked for only if the statement names one.
 * @throws query/sql with what the database found wrong, query/files, query/empty, query/several, query/ambiguous
 */
export async function ask(
  run: RunData,
  sql: string,
  published: () => readonly PublishedTable[] = () => [],
): Promise<Answer> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const folder = mkdtempSync(join(tmpdir(), 'dag-query-'));
  let instance: DuckDBInstance | undefined;
  try {
    instance = await DuckDBInstance.create(':memory:', OPTIONS);
    const connection = await instance.connect();
    const tables = tablesOf(run);
    if (SHOW_TABLES.test(sql)) return listed(tables, published());
    await connection.run(`set timezone = 'UTC'; set temp_directory = ${literal(folder)}`);
    for (const table of tables)
      if (mentions(sql, table.name)) await load(connection, run, table, folder);
    const copies = mentionsPublished(sql) ? published() : [];
    for (const table of copies)
      if (mentions(sql, table.name)) await loadPublished(connection, table);
    await connection.run('set enable_external_access = false; set lock_configuration = true');
    return await answer(connection, sql, [...tables, ...copies]);
  } finally {
    instance?.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the database itself would answer with the few tables that a statement made it load: none. */
const SHOW_TABLES = /^\s*show\s+(?:all\s+)?tables\s*;?\s*$/i;

/** Every table that a statement may name; what goes by the name of its stage alone is told by that. */
function listed(tables: readonly Table[], copies: readonly PublishedTable[]): Answer {
  const stages = new Set(tables.map(({ reference }) => reference));
  const twice = ({ reference }: Table): boolean => {
    const dot = reference.lastIndexOf('.');
    const stage = reference.slice(0, dot);
    if (dot < 0 || !stages.has(stage)) return false;
    const ports = tables.filter((t) => t.reference.startsWith(`${stage}.`));
    const own = stage.slice(stage.lastIndexOf('/') + 1);
    return ports.length === 1 || reference === `${stage}.${own}`;
  };
  const own = [...tables.filter((table) => !twice(table)), ...copies].map(({ name }) => name);
  return { names: ['name'], rows: own.sort().map((name) => [name]) };
}

async function answer(
  connection: DuckDBConnection,
  sql: string,
  tables: readonly Named[],
): Promise<Answer> {
  try {
    const count = await statements(connection, sql);
    if (count > 1) refuse(report('query/several', undefined, { count }));
    return answerOf(await connection.runAndReadAll(sql));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const [message = ''] = String(Object(error).message ?? error).split('\n');
    if (/^Permission Error|configuration has been locked/.test(message))
      return refuse(report('query/files', undefined, {}, { hint: PUBLISHED }));
    return refuse(report('query/sql', undefined, { message }, { hint: hintOf(message, tables) }));
  }
}

/** How many statements a text has. One that cannot be split is run as it is: the database then says what is wrong with it. */
async function statements(connection: DuckDBConnection, sql: string): Promise<number> {
  try {
    return (await connection.extractStatements(sql)).count;
  } catch {
    return 0;
  }
}

function hintOf(message: string, tables: readonly Named[]): string | undefined {
  const names = tables.map((t) => t.name);
  const missing = /Table with name (\S+) does not exist/.exec(message)?.[1];
  const outputs = names.filter((name) => name.startsWith(`${missing}.`));
  if (outputs.length > 0) return `the stage has several outputs: ${outputs.join(', ')}`;
  const stages = names.map((name) => name.split('.')[0] ?? name);
  if (missing !== undefined) return suggestion(missing, new Set([...names, ...stages]));
  const word = /syntax error at or near "([^"]+)"/.exec(message)?.[1]?.toLowerCase();
  return names.some((name) => name.split('.').includes(word ?? ''))
    ? `"${word}" is a word of SQL: write the stage in double quotes`
    : undefined;
}

/** Rows as plain values: what is a number to people is one, and text that looks like one stays text. */
function answerOf(reader: DuckDBResultReader): Answer {
  const names = reader.columnNames();
  if (names.length === 0) refuse(report('query/empty', undefined, {}));
  const types = reader.columnTypes().map(String);
  const nested = types.some((type) => NESTED.test(type)) ? reader.getRowsJS() : [];
  const cell = (value: unknown, row: number, column: number): Cell => {
    if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
    const type = types[column] ?? '';
    if (NESTED.test(type)) return JSON.stringify(nested[row]?.[column], plain);
    const exact = NUMERIC.test(type) && /^-?\d{1,15}(?:\.\d+)?$/.test(String(value));
    return exact ? Number(value) : String(value);
  };
  const rows = reader.getRowsJson().map((values, row) => values.map((v, i) => cell(v, row, i)));
  return { names, rows };
}

const NESTED = /^(?:STRUCT|MAP|UNION)|\]$/;
const NUMERIC = /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL|DOUBLE|FLOAT)/;

function plain(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}
