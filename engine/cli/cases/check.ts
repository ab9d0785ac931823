import { type Diagnostic, reporter } from '../../diag/diagnostic.js';
import { Problems } from '../../diag/problems.js';
import { suggestion } from '../../diag/suggest.js';
import { compile, evaluate, SHOWN } from '../../expr/index.js';
import type { Frame } from '../../frame/frame.js';
import { type Checked, definitionsOf, idOf } from './asked.js';
import type { Case, Cell } from './case.js';
import { compare } from './compare.js';
import { checkSymbols } from './symbols.js';
import { tablesOf } from './tables.js';

const report = reporter({
  'case/fires': '{doc}: it fires in rows [{found}], expected [{expected}].',
  'case/unknown-formula': '{doc}: the spec has no formula called "{name}".',
  'case/unavailable':
    '{doc}: "{what}" cannot be computed from the rows of the case; it needs {needs}.',
});

/** How flags say that a row cannot tell. */
const UNKNOWN = 255;
const FIRES = idOf('fires');

/** Run one case. @returns what is wrong with it; nothing when it holds. */
export function checkCase(one: Case, on: Checked): readonly Diagnostic[] {
  const problems = new Problems();
  if (one.symbols) checkSymbols(one, one.symbols, on, problems);
  else if (one.fires) checkFirings(one, one.fires, on, problems);
  else if (one.gives) {
    const field = askedOf(one, on, problems);
    const frame = field === undefined ? undefined : computed(one, on, [field], problems);
    const expected = { what: field ?? '', cells: one.gives, from: one.columns };
    if (frame) compare(one, frame, idOf(expected.what), expected, problems);
  }
  return problems.all;
}

/** The formula a case is about; undefined after reporting that the spec has none of that name. */
function askedOf({ doc, of }: Case, { formulas }: Checked, problems: Problems): string | undefined {
  const names = [...formulas.fields.keys()];
  const asked = of?.name ?? names[0];
  if (of === undefined || names.includes(of.name)) return asked;
  const hint = suggestion(of.name, names) ?? `formulas here: ${names.join(', ')}`;
  problems.add(report('case/unknown-formula', of.place, { doc, name: of.name }, { hint }));
  return undefined;
}

function checkFirings(
  one: Case,
  { at, fields }: NonNullable<Case['fires']>,
  on: Checked,
  problems: Problems,
): void {
  const frame = computed(one, on, ['fires', ...Object.keys(fields)], problems);
  if (!frame) return;
  const flags = frame.flags(FIRES);
  const rows = Array.from(flags).flatMap((flag, row) => (flag === 1 ? [row] : []));
  const facts = { doc: one.doc, found: rows.join(', '), expected: at.join(', ') };
  if (facts.found !== facts.expected) {
    const hint = unsettled(one, at, flags, on);
    problems.add(report('case/fires', one.expected, facts, { hint }));
  } else
    for (const [field, cells] of Object.entries(fields))
      compare(
        one,
        frame.take(rows),
        idOf(field),
        { what: field, cells, from: undefined },
        problems,
      );
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
  const resting = on.cooldown !== undefined && mask?.flags(FIRES)[row] !== UNKNOWN;
  const why = resting
    ? `cooldown ${on.cooldown}b is known after ${on.cooldown - 1} rows in which nothing fires`
    : 'what the formula looks back on must be there first';
  return `${rows} not settled yet: ${why}; put quiet rows before`;
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
  if (missing === undefined) return evaluate(program, frames, ids, SHOWN);
  problems.add(...found.filter((p) => p.severity === 'error'));
  if (!problems.failed) {
    const needs = [...program.needs.keys()];
    problems.add(
      report('case/unavailable', one.place, { doc: one.doc, what: missing.slice(1), needs }),
    );
  }
  return undefined;
}
