import type { Place } from '../diag/diagnostic.js';
import type { Composed } from './composed.js';
import type { Operator } from './op.js';
import { operators } from './ops/index.js';
import { type CallTree, childrenOf, type NameTree, type Tree } from './tree.js';

/**
 * Something outside of itself that a formula looks at: a column or feature of the row, a table, another symbol by name, all
 * symbols at once, or the time of the row.
 */
export interface Mention {
  readonly kind: 'name' | 'table' | 'symbol' | 'section' | 'time';
  readonly name: string;
  /** Where the author wrote it; what stands inside a composed operator is shown where that is called. */
  readonly place: Place;
}

interface Scan {
  readonly composed: ReadonlyMap<string, Composed>;
  /** Arguments and clauses of the composed operator that is looked into. */
  readonly locals: ReadonlySet<string>;
  /** Where a composed operator was called. */
  readonly site: Place | undefined;
}

/** Operators without arguments are parts of the time. */
const TIMES: ReadonlySet<string> = new Set(
  [...operators.values()].filter((op) => op.args.length === 0).map((op) => op.name),
);

/** All that a formula looks at, composed operators looked into; words that are options of an operator are none of it. */
export function mentionsOf(
  tree: Tree,
  composed: ReadonlyMap<string, Composed>,
): readonly Mention[] {
  return scan(tree, { composed, locals: new Set(), site: undefined });
}

function scan(tree: Tree, on: Scan): readonly Mention[] {
  if (tree.kind === 'name') return named(tree, on);
  if (tree.kind === 'call') return called(tree, on);
  return childrenOf(tree).flatMap((part) => scan(part, on));
}

function named(tree: NameTree, on: Scan): readonly Mention[] {
  const { name, of } = tree;
  const place = on.site ?? tree.place;
  if (of !== undefined) {
    const isSymbol = /^[A-Z0-9_]*[A-Z][A-Z0-9_]*$/.test(of);
    return [{ kind: isSymbol ? 'symbol' : 'table', name: of, place }];
  }
  if (on.locals.has(name)) return [];
  if (TIMES.has(name)) return [{ kind: 'time', name, place }];
  const formula = on.composed.get(name);
  return formula ? within(formula, on, place) : [{ kind: 'name', name, place }];
}

function called(tree: CallTree, on: Scan): readonly Mention[] {
  const place = on.site ?? tree.place;
  const formula = on.composed.get(tree.op);
  const op = operators.get(tree.op);
  const table = tableIn(tree, op);
  const words = new Set(op?.args.flatMap((arg) => ('words' in arg ? (arg.words ?? []) : [])));
  const args = childrenOf(tree)
    .filter((part) => part !== table)
    .filter((part) => part.kind !== 'name' || part.of !== undefined || !words.has(part.name))
    .flatMap((part) => scan(part, on));
  return [
    ...(TIMES.has(tree.op) ? [{ kind: 'time', name: tree.op, place } as const] : []),
    ...(op?.across ? [{ kind: 'section', name: tree.op, place } as const] : []),
    ...(table?.kind === 'name' ? [{ kind: 'table', name: table.name, place } as const] : []),
    ...args,
    ...(formula ? within(formula, on, place) : []),
  ];
}

/** The argument that names a table. */
function tableIn({ args, named }: CallTree, op: Operator | undefined): Tree | undefined {
  const index = op?.args.findIndex((arg) => arg.is === 'table' || 'orTable' in arg) ?? -1;
  const slot = op?.args[index];
  const tree = args[index] ?? named.find((n) => n.name === slot?.name)?.value;
  return slot?.is === 'table' || (tree?.kind === 'name' && tree.of === undefined)
    ? tree
    : undefined;
}

/** What a composed operator looks at beyond its arguments. They call each other in no circle: loading them refuses that. */
function within(formula: Composed, on: Scan, site: Place): readonly Mention[] {
  const locals = new Set([...formula.args.map((a) => a.name), ...formula.lets.keys()]);
  const inner = { ...on, locals, site };
  return [formula.expr, ...formula.lets.values()].flatMap((tree) => scan(tree, inner));
}
