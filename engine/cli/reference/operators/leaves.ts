import { type Composed, operators, type Tree } from '../../../expr/index.js';
import type { Arg } from '../../../expr/op.js';
import type { CallTree, NameTree } from '../../../expr/tree.js';
import type { ValueType } from '../../../expr/types.js';

/** The columns that a formula reads, with the types they must have for it to make sense. */
export interface Leaves {
  /** Types of columns by name; of other tables as `funding.rate`. */
  readonly columns: ReadonlyMap<string, ValueType>;
  /** Tables that are read as of a time, or named as such: they have a clock of their own. */
  readonly apart: ReadonlySet<string>;
}

/** What a walk through a formula knows on its way. */
interface Walk {
  readonly composed: ReadonlyMap<string, Composed>;
  readonly columns: Map<string, ValueType>;
  readonly apart: Set<string>;
  /** Whether an operator above crosses clocks. */
  readonly crossed: boolean;
}

/** @param composed  operators made of formulas: what these read of the item's own columns counts too. */
export function leavesOf(tree: Tree, composed: ReadonlyMap<string, Composed>): Leaves {
  const walk: Walk = { composed, columns: new Map(), apart: new Set(), crossed: false };
  visit(tree, 'number', walk);
  return walk;
}

function visit(tree: Tree, expected: ValueType | undefined, walk: Walk): void {
  if (tree.kind === 'name') named(tree, expected, walk);
  else if (tree.kind === 'unary') visit(tree.arg, tree.op === 'not' ? 'boolean' : 'number', walk);
  else if (tree.kind === 'binary') sides(tree.op, [tree.left, tree.right], walk);
  else if (tree.kind === 'call') called(tree, expected, walk);
}

function named({ name, of }: NameTree, expected: ValueType | undefined, walk: Walk): void {
  if (of === undefined) bareName(name, expected, walk);
  else {
    if (walk.crossed) walk.apart.add(of);
    learn(`${of}.${name}`, expected, walk);
  }
}

/** A column that is first met where any type fits is a number until something says otherwise. */
function learn(name: string, expected: ValueType | undefined, walk: Walk): void {
  const known = walk.columns.get(name);
  if (known === undefined || (expected !== undefined && expected !== 'number'))
    walk.columns.set(name, expected ?? 'number');
}

function bareName(name: string, expected: ValueType | undefined, walk: Walk): void {
  const formula = walk.composed.get(name);
  if (formula !== undefined) inside(formula, walk);
  else if (!operators.has(name) && name !== 'symbol') learn(name, expected, walk);
}

function sides(op: string, parts: readonly [Tree, Tree], walk: Walk): void {
  const text = parts.some(
    (p) => p.kind === 'text' || (p.kind === 'list' && p.items[0]?.kind === 'text'),
  );
  const type = op === 'and' || op === 'or' ? 'boolean' : text ? 'text' : 'number';
  for (const part of parts) visit(part, type, walk);
}

function called(tree: CallTree, expected: ValueType | undefined, walk: Walk): void {
  const formula = walk.composed.get(tree.op);
  const op = operators.get(tree.op);
  if (formula !== undefined) {
    const types = inside(formula, walk);
    for (const { name, value } of given(tree, formula.args)) visit(value, types.get(name), walk);
  } else if (op !== undefined) {
    const inner = { ...walk, crossed: walk.crossed || op.crosses === true };
    // What an operator hands through has the type that is expected of it.
    const through = typeof op.gives === 'function' ? expected : undefined;
    for (const { name, value } of given(tree, op.args))
      argument(
        op.args.find((a) => a.name === name),
        value,
        through,
        inner,
      );
  }
}

/** Arguments with the names of their slots; the last slot takes all further ones. */
function given(tree: CallTree, slots: readonly { readonly name: string }[]) {
  const positional = tree.args.map((value, i) => ({
    name: (slots[i] ?? slots.at(-1))?.name ?? '',
    value,
  }));
  return [...positional, ...tree.named];
}

function argument(
  arg: Arg | undefined,
  value: Tree,
  expected: ValueType | undefined,
  walk: Walk,
): void {
  if (arg?.is === 'table' && value.kind === 'name') walk.apart.add(value.name);
  if (arg?.is === 'series') visit(value, arg.type === 'any' ? expected : arg.type, walk);
}

/** Learns what a composed operator reads itself, and gives the types of its arguments. */
function inside(formula: Composed, walk: Walk): ReadonlyMap<string, ValueType> {
  const columns = new Map<string, ValueType>();
  const own = { ...walk, columns };
  for (const tree of [formula.expr, ...formula.lets.values()]) visit(tree, undefined, own);
  const locals = new Set([...formula.args.map((a) => a.name), ...formula.lets.keys()]);
  for (const [name, type] of columns) if (!locals.has(name)) learn(name, type, walk);
  return columns;
}
