import { readArrow } from './arrow.js';
import { readCsv } from './csv.js';
import type { Found } from './find.js';
import { expectGrid } from './grid.js';
import { rowsOf } from './interpret.js';
import { readJson } from './json.js';
import { type Opened, openFile } from './open.js';
import { readParquetCells } from './parquet.js';
import { expectPeriod } from './period.js';
import type { Cells, Rows } from './rows.js';
import { expectRules } from './rules.js';
import { hasBars } from './tables.js';
import type { Refuse, Tally } from './tell.js';
import { type Role, rolesOf, type Whose } from './wanted.js';

/** A file to be read: where it lies, and what the market says of it. */
export interface Task extends Found {
  readonly path: string;
  /** Path of the file that states its SHA-256. */
  readonly checksum: string | undefined;
  readonly whose: Whose;
  /** Milliseconds of its bars. */
  readonly interval: number;
}

/**
 * The rows of one symbol in one file, checked one by one.
 * @throws what `FILE_ERRORS` names
 */
export async function readFile(
  task: Task,
  refuse: Refuse,
  tally: Tally,
  signal: AbortSignal,
): Promise<Rows> {
  const { name, path, source, whose } = task;
  const roles = rolesOf(source, whose);
  const opened = await openFile(path, name, task.checksum, refuse);
  const cells = await cellsOf(task, opened, roles, refuse, signal);
  const rows = rowsOf(name, cells, roles, source.layout, whose, refuse, tally);
  const whole = source.last === 'forming' ? withoutLast(rows, tally) : rows;
  if (task.period) expectPeriod(whole, task.period, refuse);
  expectRules(source.layout.table, whole, source.faulty === 'keep', refuse, tally);
  if (hasBars(source.layout.table)) expectGrid(whole, task.interval, refuse, tally);
  return whole;
}

function cellsOf(
  { name, path, source: { layout } }: Task,
  { form, bytes }: Opened,
  roles: readonly Role[],
  refuse: Refuse,
  signal: AbortSignal,
): Cells | Promise<Cells> {
  const names = layout.columns.map((column) => column.name);
  switch (form) {
    case 'csv':
      return readCsv(name, bytes, { header: layout.header, names }, roles, refuse);
    case 'json':
      return readJson(name, bytes, names, roles, refuse);
    case 'arrow':
      return readArrow(name, bytes, roles, refuse);
    case 'parquet':
      return readParquetCells(name, path, roles, refuse, signal);
  }
}

/** A live capture ends in a bar that was not over: it is the latest one, wherever it stands. */
function withoutLast(rows: Rows, tally: Tally): Rows {
  let last = 0;
  for (let i = 1; i < rows.length; i++) if ((rows.ts[i] ?? 0) >= (rows.ts[last] ?? 0)) last = i;
  if (rows.length === 0) return rows;
  tally.add('ingest/forming-bar', 1, () => ({ file: rows.file, row: rows.rowOf(last) }));
  const cut = (values: Float64Array) => values.filter((_v, i) => i !== last);
  return {
    ...rows,
    length: rows.length - 1,
    ts: cut(rows.ts),
    columns: new Map([...rows.columns].map(([name, values]) => [name, cut(values)])),
    id: rows.id && cut(rows.id),
    rowOf: (index) => rows.rowOf(index < last ? index : index + 1),
  };
}
