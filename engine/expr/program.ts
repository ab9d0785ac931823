import type { Diagnostic } from '../diag/diagnostic.js';
import { reporter } from '../diag/diagnostic.js';
import { Problems } from '../diag/problems.js';
import type { Dtype } from '../frame/column.js';
import { admit } from './admit.js';
import { advice } from './advice.js';
import { Names, typeDefinition } from './defined.js';
import type { Typed } from './env.js';
import type { Facts } from './facts.js';
import { digestOf, type Node } from './node.js';
import { operators } from './ops/index.js';
import { inOrder, unique } from './order.js';
import { needsOf, readsOf } from './reads.js';
import { remembered } from './remembered.js';
import type { ColumnFacts } from './types.js';
import { Typing } from './typing.js';
import { type Unit, unitText } from './unit.js';
import {
  type ClockHome,
  type CompileOptions,
  clocksOf,
  type Definition,
  SELF,
  type TableFacts,
  type World,
} from './world.js';

export { evaluate, evaluateOn, SHOWN } from './evaluate.js';
export { readsOfColumns } from './reads.js';
export type { CarriedFacts, ColumnFacts } from './types.js';
export { evaluateUniverse } from './universe.js';
export type { CompileOptions, Definition, TableFacts } from './world.js';

const report = reporter({
  'expr/no-self': 'Formulas need a table called "self".',
});

/** One column a program can compute. */
export interface ProgramColumn {
  readonly id: string;
  readonly dtype: Dtype;
  readonly unit: string | undefined;
  readonly facts: Facts;
  readonly scope: 'symbol' | 'universe';
  readonly clause: boolean;
  readonly node: Node;
  readonly unitOf: Unit;
}

/** Many definitions compiled together: equal sub-expressions are computed once. */
export interface Program {
  /** Every definition that can be computed, in the order given. */
  readonly columns: readonly ProgramColumn[];
  /** Ids in an order in which each stands after those it uses. */
  readonly order: readonly string[];
  /** Columns read of each table; other symbols' tables are `@` and their id. */
  readonly reads: Readonly<Record<string, readonly string[]>>;
  /** Tables and columns that are not bound, with the definitions they make unavailable. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
  readonly nodes: readonly Node[];
  readonly tables: ReadonlyMap<string, TableFacts>;
  readonly clocks: ReadonlyMap<string, ClockHome>;
}

/**
 * Type, check and admit definitions over tables.
 * @param tables  `self` and the ports that are bound; ports that could be are `options.unbound`.
 * @returns       The program of all definitions that are sound, and every problem found in the others.
 */
export const compile = remembered(compileAnew);

function compileAnew(
  definitions: readonly Definition[],
  tables: Readonly<Record<string, TableFacts>>,
  options: CompileOptions,
): { readonly program: Program; readonly problems: readonly Diagnostic[] } {
  const problems = new Problems();
  const bound = new Map(Object.entries(tables));
  const clocks = clocksOf(bound);
  const self = bound.get(SELF);
  const home = self === undefined ? undefined : clocks.get(self.clock);
  if (home === undefined) {
    problems.add(report('expr/no-self', undefined));
    return { program: emptyProgram(bound, clocks), problems: problems.all };
  }
  const world: World = {
    tables: bound,
    clocks,
    main: home.spec,
    operators,
    composed: options.composed ?? new Map(),
    options,
    report: (p) => problems.add(p),
  };
  const byId = unique(definitions, self, problems);
  const names = new Names(byId);
  const typing = new Typing(world, names);
  const order = inOrder(byId, problems, names);
  const typed = new Map<string, Typed>();
  for (const id of order) {
    const one = typeDefinition(typing, id, SELF);
    if (one !== undefined) typed.set(id, one);
  }
  for (const id of refusedOf(order, typed, names, world)) typed.delete(id);
  problems.add(...advice(byId, typed));
  const columns = [...byId.values()].flatMap((d) => columnOf(d, typed.get(d.id)));
  return {
    program: {
      columns,
      order: order.filter((id) => typed.has(id)),
      reads: readsOf(
        columns.map((c) => c.node),
        typing.nodes.all,
        bound,
      ),
      needs: needsOf(byId, names),
      nodes: typing.nodes.all,
      tables: bound,
      clocks,
    },
    problems: problems.all,
  };
}

/** The definitions that may not be what they are meant to be. A read that several answer for is told once. */
function refusedOf(
  order: readonly string[],
  typed: ReadonlyMap<string, Typed>,
  names: Names,
  world: World,
): ReadonlySet<string> {
  const refused = new Set<string>();
  const told = new Set<string>();
  for (const id of order) {
    const one = typed.get(id);
    const defined = names.get(id, SELF);
    if (one === undefined || defined === undefined || defined.definition.clause) continue;
    const { definition, owner } = defined;
    const { admitted, problems } = admit(definition, one.node.facts, owner, refused, world);
    for (const problem of problems) {
      const read = `${problem.code} ${JSON.stringify(problem.place)}`;
      if (!told.has(read)) world.report(problem);
      told.add(read);
    }
    if (!admitted) refused.add(id);
  }
  return refused;
}

/** What a downstream program must be told of a computed column. */
export function carried(column: ProgramColumn): ColumnFacts {
  const { facts, dtype, unit } = column;
  return {
    dtype,
    ...(unit === undefined ? {} : { unit }),
    taint: facts.taint,
    delay: Math.max(facts.delay, -8.64e15),
    nullable: facts.holes || facts.warmup > 0 || facts.kind !== 'finite',
    instant: facts.instant,
    formula: digestOf(column.node),
    facts: {
      reach: facts.reach,
      warmup: Math.max(facts.warmup, facts.masked ?? 0),
      kind: facts.kind,
      scope: facts.scope,
      ...(facts.patchy ? { patchy: true } : {}),
      dims: column.unitOf.dims,
    },
  };
}

function emptyProgram(
  tables: ReadonlyMap<string, TableFacts>,
  clocks: ReadonlyMap<string, ClockHome>,
): Program {
  return { columns: [], order: [], reads: {}, needs: new Map(), nodes: [], tables, clocks };
}

const DTYPES = { number: 'f64', boolean: 'bool', text: 'text' } as const;

function columnOf(definition: Definition, typed: Typed | undefined): readonly ProgramColumn[] {
  if (typed === undefined) return [];
  const { node, unit } = typed;
  return [
    {
      id: definition.id,
      dtype: DTYPES[node.type],
      unit: node.type === 'number' ? unitText(unit) : undefined,
      facts: node.facts,
      scope: node.facts.scope,
      clause: definition.clause === true,
      node,
      unitOf: unit,
    },
  ];
}
