import type { Diagnostic } from '../diag/diagnostic.js';
import { reporter } from '../diag/diagnostic.js';
import { Problems } from '../diag/problems.js';
import type { Dtype } from '../frame/column.js';
import { admit } from './admit.js';
import { advice } from './advice.js';
import type { Facts } from './facts.js';
import { Names, typeDefinition } from './names.js';
import type { Node } from './node.js';
import { operators } from './ops/index.js';
import { namesIn } from './tree.js';
import type { ColumnFacts } from './types.js';
import { type Typed, Typing } from './typing.js';
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

export { evaluate, evaluateOn } from './evaluate.js';
export type { CarriedFacts, ColumnFacts } from './types.js';
export { evaluateUniverse } from './universe.js';
export type { CompileOptions, Definition, TableFacts } from './world.js';

const report = reporter({
  'expr/no-self': 'Formulas need a table called "self".',
  'expr/defined-twice': '"{id}" is defined twice.',
  'expr/hides-column': '"{id}" is also a column of the table it is computed from.',
  'expr/cycle': 'The definitions {path} use each other in a circle.',
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
export function compile(
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
  for (const [id, definition] of byId) {
    const one = typed.get(id);
    if (one === undefined || definition.clause) continue;
    const refused = admit(definition, one.node.facts, names, world);
    problems.add(...refused);
    if (refused.length > 0) typed.delete(id);
  }
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
    facts: {
      reach: facts.reach,
      warmup: facts.warmup,
      kind: facts.kind,
      scope: facts.scope,
      dims: column.unitOf.dims,
    },
  };
}

/** The columns some definitions read of each table. */
export function readsOfColumns(
  program: Program,
  ids: readonly string[],
): Readonly<Record<string, readonly string[]>> {
  const roots = program.columns.filter((c) => ids.includes(c.id)).map((c) => c.node);
  return readsOf(roots, program.nodes, program.tables);
}

function emptyProgram(
  tables: ReadonlyMap<string, TableFacts>,
  clocks: ReadonlyMap<string, ClockHome>,
): Program {
  return { columns: [], order: [], reads: {}, needs: new Map(), nodes: [], tables, clocks };
}

function unique(
  definitions: readonly Definition[],
  self: TableFacts | undefined,
  problems: Problems,
): ReadonlyMap<string, Definition> {
  const byId = new Map<string, Definition>();
  for (const definition of definitions) {
    const { id, place } = definition;
    if (byId.has(id)) {
      const first = byId.get(id);
      const related = first === undefined ? [] : [{ message: 'the first one', place: first.place }];
      problems.add(report('expr/defined-twice', place, { id }, { related }));
      continue;
    }
    if (self?.columns.has(id)) {
      problems.add(report('expr/hides-column', place, { id }));
      continue;
    }
    byId.set(id, definition);
  }
  return byId;
}

/** Definitions after those they name, without recursion, so that long chains cannot exhaust the stack; circles are told. */
function inOrder(
  byId: ReadonlyMap<string, Definition>,
  problems: Problems,
  names: Names,
): readonly string[] {
  const order: string[] = [];
  const done = new Set<string>();
  for (const root of byId.keys()) {
    const path: { readonly id: string; readonly next: string[] }[] = [];
    const enter = (id: string): void => {
      const tree = byId.get(id)?.tree;
      const named = tree === undefined ? [] : [...namesIn(tree)];
      path.push({ id, next: named.filter((n) => byId.has(n)).reverse() });
    };
    if (!done.has(root)) enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.next.pop();
      if (next === undefined) {
        path.pop();
        done.add(top.id);
        order.push(top.id);
      } else if (path.some((p) => p.id === next))
        circle(
          path.map((p) => p.id),
          next,
          byId,
          problems,
          names,
        );
      else if (!done.has(next)) enter(next);
    }
  }
  return order;
}

function circle(
  path: readonly string[],
  back: string,
  byId: ReadonlyMap<string, Definition>,
  problems: Problems,
  names: Names,
): void {
  const members = [...path.slice(path.indexOf(back)), back];
  const place = byId.get(back)?.place;
  problems.add(report('expr/cycle', place, { path: members.join(' → ') }));
  for (const id of members) {
    const defined = names.get(id, SELF);
    if (defined === undefined) continue;
    defined.state = 'done';
    defined.owner.failed = true;
  }
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

function needsOf(
  byId: ReadonlyMap<string, Definition>,
  names: Names,
): ReadonlyMap<string, readonly string[]> {
  const needs = new Map<string, string[]>();
  for (const id of byId.keys()) {
    const owner = names.get(id, SELF)?.owner;
    for (const need of owner?.needs ?? []) {
      const ids = needs.get(need);
      if (ids === undefined) needs.set(need, [id]);
      else ids.push(id);
    }
  }
  return needs;
}

function readsOf(
  roots: readonly Node[],
  nodes: readonly Node[],
  tables: ReadonlyMap<string, TableFacts>,
): Readonly<Record<string, readonly string[]>> {
  const used = new Set<number>(roots.map((n) => n.id));
  const reads = new Map<string, Set<string>>();
  const add = (table: string, column: string): void => {
    const columns = reads.get(table) ?? new Set();
    reads.set(table, columns.add(column));
  };
  add(SELF, 'ts');
  for (const node of [...nodes].reverse()) {
    if (!used.has(node.id)) continue;
    if (node.kind === 'column') {
      add(node.table, node.column);
      add(node.table, 'ts');
    }
    if (node.kind !== 'op') continue;
    if (node.table !== undefined) add(node.table, 'ts');
    for (const input of node.inputs) used.add(input.node.id);
  }
  for (const [table, columns] of reads) {
    const available = tables.get(table)?.available;
    if (available !== undefined) columns.add(available);
  }
  const names = [...reads.keys()].sort();
  return Object.fromEntries(names.map((name) => [name, [...(reads.get(name) ?? [])].sort()]));
}
