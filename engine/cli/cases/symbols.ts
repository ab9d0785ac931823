import { reporter } from '../../diag/diagnostic.js';
import type { Problems } from '../../diag/problems.js';
import { compile, evaluateUniverse, SHOWN } from '../../expr/index.js';
import { type Checked, definitionsOf, idOf } from './asked.js';
import type { Case, Columns } from './case.js';
import { compare } from './compare.js';
import { symbolTable } from './tables.js';

const report = reporter({
  'case/symbol': '{doc}: {found} is none of the symbols {symbols}.',
  'case/symbol-lacks': '{doc}: "gives" says nothing of the symbol {symbol}.',
  'case/symbols-give':
    '{doc}: a case with symbols says what the formula gives; where it fires is told of rows alone.',
  'case/symbols-need': '{doc}: it cannot be computed from columns of symbols; it needs {needs}.',
});

/** Check a case with rows of several symbols: all of them in one pass, each against what it must give. */
export function checkSymbols(
  one: Case,
  symbols: Readonly<Record<string, Columns>>,
  on: Checked,
  problems: Problems,
): void {
  const { doc } = one;
  const [first] = Object.values(symbols);
  const [field] = on.formulas.fields.keys();
  if (!first || field === undefined || !gives(one, symbols, problems)) return;
  const { program, problems: found } = compile(
    definitionsOf(on, [field]),
    { self: symbolTable(first, one.from).facts },
    { admit: on.admit, composed: on.composed },
  );
  problems.add(...found);
  if (!problems.failed && !program.columns.some((c) => c.id === idOf(field)))
    problems.add(report('case/symbols-need', one.place, { doc, needs: [...program.needs.keys()] }));
  if (problems.failed) return;
  const frames = Object.entries(symbols).map(
    ([id, columns]) => [id, { self: symbolTable(columns, one.from).frame }] as const,
  );
  for (const [symbol, frame] of evaluateUniverse(program, new Map(frames), [idOf(field)], SHOWN)) {
    const cells = one.gives ?? one.givesBySymbol?.[symbol] ?? [];
    const expected = { what: `${field} of ${symbol}`, cells, from: symbols[symbol] };
    compare(one, frame, idOf(field), expected, problems);
  }
}

/** Whether the case says what every symbol gives, and of no other. */
function gives(one: Case, symbols: Readonly<Record<string, Columns>>, problems: Problems): boolean {
  const { doc, expected: place, gives: all, givesBySymbol } = one;
  if (all) return true;
  if (!givesBySymbol) {
    problems.add(report('case/symbols-give', place, { doc }));
    return false;
  }
  const names = Object.keys(symbols);
  for (const found of Object.keys(givesBySymbol))
    if (!names.includes(found))
      problems.add(report('case/symbol', place, { doc, found, symbols: names }));
  for (const symbol of names)
    if (!Object.hasOwn(givesBySymbol, symbol))
      problems.add(report('case/symbol-lacks', place, { doc, symbol }));
  return !problems.failed;
}
