import { type Diagnostic, reporter } from '../../diag/diagnostic.js';
import { Problems } from '../../diag/problems.js';
import {
  type Composed,
  compile,
  type Definition,
  evaluate,
  evaluateUniverse,
  type Tree,
} from '../../expr/index.js';
import type { Frame } from '../../frame/frame.js';
import { MISSING, number } from '../../report/format.js';
import { cell } from '../../report/frame.js';
import type { Case, Cell } from './case.js';
import type { SpecFormulas } from './definitions.js';
import { symbolTable, tablesOf } from './tables.js';

const report = reporter({
  'case/rows': '{doc}: {what} has {found} rows where {expected} are expected.',
  'case/differs': '{doc}: {what} is {found} in row {row} where {expected} is expected.',
  'case/fires': '{doc}: it fires in rows [{found}], expected [{expected}].',
  'case/unavailable':
    '{doc}: "{what}" cannot be computed from the rows of the case; it needs {needs}.',
});

/** Values that were written by hand agree to so many parts of one. */
const TOLERANCE = 1e-9;
const COOLDOWN = 'cooldown';
/** How flags say that a row cannot tell. */
const UNKNOWN = 255;

/** What is checked: the formulas of a spec, with operators made of formulas. */
export interface Checked {
  readonly root: string;
  readonly formulas: SpecFormulas;
  /** Targets look ahead, nothing else does. */
  readonly admit: 'feature' | 'target';
  /** Rows between two firings, where the spec has a cooldown. */
  readonly cooldown: number | undefined;
  readonly composed: ReadonlyMap<string, Composed>;
}

/** Run one case. @returns what is wrong with it; nothing when it holds. */
export function checkCase(one: Case, on: Checked): readonly Diagnostic[] {
  const problems = new Problems();
  if (one.symbols) checkSymbols(one, one.symbols, on, problems);
  else if (one.fires) checkFirings(one, one.fires, on, problems);
  else if (one.gives) {
    const frame = computed(one, on, [...on.formulas.fields.keys()].slice(0, 1), problems);
    if (frame) compare(one, frame, frame.names.find((n) => n !== 'ts') ?? '', one.gives, problems);
  }
  return problems.all;
}

function checkFirings(
  one: Case,
  { at, fields }: NonNullable<Case['fires']>,
  on: Checked,
  problems: Problems,
): void {
  const frame = computed(one, on, ['fires', ...Object.keys(fields)], problems);
  if (!frame) return;
  const flags = frame.flags(NAMES.fires);
  const rows = Array.from(flags).flatMap((flag, row) => (flag === 1 ? [row] : []));
  const facts = { doc: one.doc, found: rows.join(', '), expected: at.join(', ') };
  if (facts.found !== facts.expected) {
    const hint = unsettled(one, at, flags, on);
    problems.add(report('case/fires', one.expected, facts, { hint }));
  } else
    for (const [field, cells] of Object.entries(fields))
      compare(one, frame.take(rows), idOf(field), cells, problems);
}

/** Why rows where it should fire cannot tell yet: the cooldown or a window reaches back before the first row. */
function unsettled(
  one: Case,
  at: readonly Cell[],
  flags: ArrayLike<number>,
  on: Checked,
): string | undefined {
  const row = at.find((r): r is number => typeof r === 'number' && flags[r] === UNKNOWN);
  if (row === undefined) return undefined;
  let [from, to] = [row, row];
  while (from > 0 && flags[from - 1] === UNKNOWN) from--;
  while (flags[to + 1] === UNKNOWN) to++;
  const rows = from === to ? `row ${row} is` : `rows ${from}–${to} are`;
  const mask = computed(one, { ...on, cooldown: undefined }, ['fires'], new Problems());
  const resting = on.cooldown !== undefined && mask?.flags(NAMES.fires)[row] !== UNKNOWN;
  const why = resting
    ? `cooldown ${on.cooldown}b is known after ${on.cooldown - 1} rows in which nothing fires`
    : 'what the formula looks back on must be there first';
  return `${rows} not settled yet: ${why}; put quiet rows before`;
}

function checkSymbols(
  one: Case,
  symbols: NonNullable<Case['symbols']>,
  on: Checked,
  problems: Problems,
): void {
  const [first] = Object.values(symbols);
  if (!first) return;
  const { facts } = symbolTable(first, one.from);
  const [field] = on.formulas.fields.keys();
  const definitions = definitionsOf(on, field === undefined ? [] : [field]);
  const { program, problems: found } = compile(
    definitions,
    { self: facts },
    { admit: on.admit, composed: on.composed },
  );
  problems.add(...found);
  if (problems.failed) return;
  const frames = Object.entries(symbols).map(
    ([id, columns]) => [id, { self: symbolTable(columns, one.from).frame }] as const,
  );
  for (const [id, frame] of evaluateUniverse(program, new Map(frames))) {
    const expected = one.givesBySymbol?.[id] ?? one.gives ?? [];
    compare(one, frame, frame.names.find((n) => n !== 'ts') ?? '', expected, problems);
  }
}

/** The wanted fields on the rows of a case; undefined when they cannot be computed. */
function computed(
  one: Case,
  on: Checked,
  fields: readonly string[],
  problems: Problems,
): Frame | undefined {
  const { facts, frames } = tablesOf(on.root, one);
  const { program, problems: found } = compile(definitionsOf(on, fields), facts, {
    admit: on.admit,
    composed: on.composed,
  });
  const known = new Set(program.columns.map((c) => c.id));
  const ids = fields.map(idOf);
  const missing = ids.find((id) => !known.has(id));
  if (missing === undefined) return evaluate(program, frames, ids);
  problems.add(...found.filter((p) => p.severity === 'error'));
  if (!problems.failed) {
    const needs = [...program.needs.keys()];
    problems.add(
      report('case/unavailable', one.place, { doc: one.doc, what: missing.slice(1), needs }),
    );
  }
  return undefined;
}

const NAMES = { fires: '=fires' } as const;
/** Fields get names that no column can have: a feature may be called like a field. */
function idOf(field: string): string {
  return `=${field}`;
}

function definitionsOf(
  { formulas, cooldown }: Checked,
  fields: readonly string[],
): readonly Definition[] {
  const own = fields.flatMap((field): Definition[] => {
    const tree = formulas.fields.get(field);
    if (!tree) return [];
    const thinned = field === 'fires' && cooldown !== undefined ? rested(tree, cooldown) : tree;
    return [{ id: idOf(field), tree: thinned, place: tree.place }];
  });
  return [...formulas.clauses, ...own];
}

/** Firings within the cooldown of one before are dropped. */
function rested(tree: Tree, rows: number): Tree {
  const { place } = tree;
  return {
    kind: 'call',
    op: COOLDOWN,
    args: [tree, { kind: 'number', value: rows, place }],
    named: [],
    place,
  };
}

function compare(
  one: Case,
  frame: Frame,
  name: string,
  expected: readonly Cell[],
  problems: Problems,
): void {
  const [doc, what] = [one.doc, name.replace(/^=/, '')];
  if (frame.length !== expected.length) {
    problems.add(
      report('case/rows', one.expected, {
        doc,
        what,
        found: frame.length,
        expected: expected.length,
      }),
    );
    return;
  }
  const row = expected.findIndex((value, i) => !agrees(frame, name, i, value));
  if (row < 0) return;
  const wanted = expected[row] ?? null;
  const facts = {
    doc,
    what,
    row,
    found: exact(frame, name, row),
    expected: typeof wanted === 'number' ? number(wanted, 12) : (wanted ?? MISSING),
  };
  const hint =
    facts.found === MISSING
      ? 'what the formula looks back on must be there first, and what is missing stays missing'
      : undefined;
  problems.add(report('case/differs', one.expected, facts, { hint }));
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
  return column.dtype === 'f64'
    ? number(column.values[row] ?? Number.NaN, 12)
    : cell(frame, name, row);
}
