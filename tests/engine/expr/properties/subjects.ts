import type { Cell, OperatorCase } from '../../../../engine/expr/op-case.js';
import { operators } from '../../../../engine/expr/ops/index.js';
import {
  type ColumnFacts,
  evaluate,
  evaluateUniverse,
  type Program,
  type ProgramColumn,
} from '../../../../engine/expr/program.js';
import type { Frame } from '../../../../engine/frame/frame.js';
import { column, compileAll, shipped } from '../kit.js';
import { FEATURES } from '../market.js';
import { type Call, generated, RUNS } from './calls.js';
import { type Facts, factsWith, type Tables, type World } from './world.js';

/** The item that formulas of one symbol are about. */
export const ITEM = 'AAA';

/** A formula that compiled, and the operator it tries. */
export interface Subject extends Call {
  readonly id: string;
  readonly column: ProgramColumn;
}

/** Formulas over the same columns. */
export interface Group {
  readonly facts: Facts;
  readonly program: Program;
  readonly subjects: readonly Subject[];
}

/** All operators, composed ones too. */
export const NAMES: readonly string[] = [...operators.keys(), ...shipped().keys()];

/** What the rows of a universe are called in formulas of the catalogue. */
const EXTRA: Readonly<Record<string, ColumnFacts>> = {
  x: column('f64'),
  y: column('f64'),
  k: column('f64'),
  solid: column('f64', { nullable: false }),
  c: column('bool'),
  d: column('bool'),
  sector: column('text'),
};

/** The example and the cases of every operator, and calls that were made up; those that compile and stand on bars. */
export function subjectGroups(each = 9): readonly Group[] {
  const groups: { readonly columns: Record<string, ColumnFacts>; readonly calls: Call[] }[] = [
    { columns: { ...EXTRA }, calls: [...generated(each * RUNS)] },
  ];
  const [first] = groups;
  for (const { name, example, cases } of operators.values()) {
    first?.calls.push({ operator: name, text: example });
    for (const one of cases) {
      const needs = columnsOf(one);
      const fitting = groups.find(({ columns }) => fits(needs, columns));
      const group = fitting ?? { columns: {}, calls: [] };
      if (fitting === undefined) groups.push(group);
      Object.assign(group.columns, needs);
      group.calls.push({ operator: name, text: one.call });
    }
  }
  return groups.map(({ columns, calls }) => compiled(factsWith(columns), calls));
}

function columnsOf({ rows }: OperatorCase): Readonly<Record<string, ColumnFacts>> {
  return Object.fromEntries(Object.entries(rows).map(([name, cells]) => [name, factsOf(cells)]));
}

function factsOf(cells: readonly Cell[]): ColumnFacts {
  const known = cells.find((c) => c !== null);
  return column(typeof known === 'string' ? 'text' : typeof known === 'boolean' ? 'bool' : 'f64');
}

function fits(
  needs: Readonly<Record<string, ColumnFacts>>,
  columns: Readonly<Record<string, ColumnFacts>>,
): boolean {
  return Object.entries(needs).every(
    ([name, { dtype }]) => (columns[name]?.dtype ?? dtype) === dtype,
  );
}

function compiled(facts: Facts, calls: readonly Call[]): Group {
  const named = new Map(calls.map((call, i) => [`s${i}`, call]));
  const formulas = Object.fromEntries([...named].map(([id, { text }]) => [id, text]));
  const { program } = compileAll(
    { ...FEATURES, VOL_SPIKE: 'rises(rv_z >= 2)', ...formulas },
    facts,
    {
      admit: 'target',
    },
  );
  const subjects = program.columns.flatMap((c): readonly Subject[] => {
    const call = named.get(c.id);
    const onBars = (c.facts.clock ?? 'bars') === 'bars';
    return call === undefined || !onBars ? [] : [{ ...call, id: c.id, column: c }];
  });
  return { facts, program, subjects };
}

/** What came out, by symbol: formulas of one symbol for the item alone. */
export type Found = ReadonlyMap<string, Frame>;

export function worked(
  { program, subjects }: Group,
  world: World,
  options: { readonly unsettled?: 'masked' | 'shown' } = {},
): { readonly own: Frame; readonly across: Found } {
  const item: Tables = world.get(ITEM) ?? {};
  const ids = (scope: 'symbol' | 'universe') =>
    subjects.filter((s) => s.column.scope === scope).map((s) => s.id);
  return {
    own: evaluate(program, item, ids('symbol'), { symbol: ITEM, ...options }),
    across: evaluateUniverse(program, world, ids('universe'), options),
  };
}
