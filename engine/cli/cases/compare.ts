import { reporter } from '../../diag/diagnostic.js';
import type { Problems } from '../../diag/problems.js';
import type { Frame } from '../../frame/frame.js';
import { MISSING, number } from '../../report/format.js';
import { cell } from '../../report/frame.js';
import type { Case, Cell, Columns } from './case.js';

const report = reporter({
  'case/rows': '{doc}: {what} has {found} rows where {expected} are expected.',
  'case/differs': '{doc}: {what} is {found} in row {row} where {expected} is expected.',
});

/** Values that were written by hand agree to so many parts of one. */
const TOLERANCE = 1e-9;
/** How many columns of a row a hint shows. */
const SHOWN = 6;

/** What a column of a frame must hold. */
export interface Expected {
  /** The column, as the case calls it. */
  readonly what: string;
  readonly cells: readonly Cell[];
  /** The rows of the case, shown beside a value that differs; undefined where rows were picked from them. */
  readonly from: Columns | undefined;
}

/** Report where a column differs from what a case expects, in its first such row. */
export function compare(
  one: Case,
  frame: Frame,
  name: string,
  { what, cells, from }: Expected,
  problems: Problems,
): void {
  const { doc } = one;
  if (frame.length !== cells.length) {
    const facts = { doc, what, found: frame.length, expected: cells.length };
    problems.add(report('case/rows', one.expected, facts));
    return;
  }
  const row = cells.findIndex((value, i) => !agrees(frame, name, i, value));
  if (row < 0) return;
  const facts = {
    doc,
    what,
    row,
    found: exact(frame, name, row),
    expected: spelled(cells[row] ?? null),
  };
  const hint = [
    ...(facts.found === 'missing'
      ? ['what the formula looks back on must be there first, and what is missing stays missing']
      : []),
    ...(from ? [`rows count from 0, and row ${row} has ${rowOf(from, row)}`] : []),
  ].join('; ');
  problems.add(report('case/differs', one.expected, facts, hint ? { hint } : {}));
}

function rowOf(columns: Columns, row: number): string {
  const cells = Object.entries(columns).map(
    ([name, column]) => `${name} ${spelled(column[row] ?? null)}`,
  );
  return cells.length > SHOWN ? `${cells.slice(0, SHOWN).join(', ')} …` : cells.join(', ');
}

function spelled(value: Cell): string {
  if (value === null || Number.isNaN(value)) return 'missing';
  return typeof value === 'number' ? number(value, 12) : String(value);
}

function agrees(frame: Frame, name: string, row: number, expected: Cell): boolean {
  const column = frame.get(name);
  const missing = expected === null || (typeof expected === 'number' && Number.isNaN(expected));
  if (missing) return cell(frame, name, row) === MISSING;
  if (column.dtype !== 'f64') return cell(frame, name, row) === String(expected);
  const value = column.values[row] ?? Number.NaN;
  return (
    Math.abs(value - Number(expected)) <=
    TOLERANCE * Math.max(1e-3, Math.abs(value), Math.abs(Number(expected)))
  );
}

function exact(frame: Frame, name: string, row: number): string {
  const column = frame.get(name);
  const text =
    column.dtype === 'f64' ? number(column.values[row] ?? Number.NaN, 12) : cell(frame, name, row);
  return text === MISSING ? 'missing' : text;
}
