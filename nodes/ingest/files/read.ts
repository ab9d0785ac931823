import { statSync } from 'node:fs';
import { readArrow } from './arrow.js';
import { readCsv } from './csv.js';
import { byOpens } from './dated.js';
import type { Found } from './find.js';
import { expectGrid } from './grid.js';
import { rowsOf } from './interpret.js';
import { readJson } from './json.js';
import { withoutOpenBar } from './last.js';
import { attempt, type Opened, openFile } from './open.js';
import { readParquetCells } from './parquet.js';
import { expectPeriod } from './period.js';
import type { Cells, Rows } from './rows.js';
import { expectRules } from './rules.js';
import type { Step } from './step.js';
import { hasBars } from './tables.js';
import type { Refuse, Tally } from './tell.js';
import type { Unit } from './units.js';
import { type Role, rolesOf, type Whose } from './wanted.js';

/** A file to be read: where it lies, and what the market says of it. */
export interface Task extends Found {
  readonly path: string;
  /** Path of the file that states its SHA-256. */
  readonly checksum: string | undefined;
  readonly whose: Whose;
  /** Of its bars. */
  readonly step: Step;
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
  const seen = new Set<Unit>();
  const roles = rolesOf(source, whose, seen);
  const opened = await openFile(path, name, task.checksum, refuse);
  const cells = await cellsOf(task, opened, roles, refuse, signal);
  const rows = rowsOf(name, cells, roles, source.layout, whose, refuse, tally);
  tally.units.note(name, seen);
  const whole = hasBars(source.layout.table) ? overBars(task, rows, refuse, tally) : rows;
  if (task.period) expectPeriod(source.layout.table, whole, task.period, refuse);
  expectRules(source.layout.table, whole, source.faulty === 'keep', refuse, tally);
  if (hasBars(source.layout.table)) expectGrid(whole, task.step, refuse, tally);
  return whole;
}

/** Bars that were over when the file was written. */
function overBars({ path, source, step }: Task, given: Rows, refuse: Refuse, tally: Tally): Rows {
  const { last = source.layout.last, layout } = source;
  const rows = byOpens(given, layout.dated, step, refuse);
  const written = attempt(path, refuse, () => statSync(path).mtimeMs);
  return withoutOpenBar(rows, { last, layout: layout.id }, step, written, refuse, tally);
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
