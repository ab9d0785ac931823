import { type Diagnostic, type Place, reporter } from '../diag/diagnostic.js';
import { suggestion } from '../diag/suggest.js';
import { outOfBounds } from './bounds.js';
import { Constants } from './constants.js';
import type { Node } from './node.js';
import type { ClockSpec, ConstantArg, Operator } from './op.js';
import type { Tree } from './tree.js';
import type { Constant } from './types.js';
import { MILLISECONDS, type Unit } from './unit.js';

const report = reporter({
  'expr/constant-expected': 'The argument "{name}" of `{op}` must be {expected}.',
});

/** How an expression that must be constant came out. */
export interface Worked {
  readonly node: Node;
  readonly unit: Unit;
}

/** What working out constant arguments needs from typing. */
export interface ConstantContext {
  readonly op: Pick<Operator, 'name'>;
  /** The clock whose rows are counted. */
  readonly clock: ClockSpec;
  readonly work: (tree: Tree) => Worked | undefined;
  /** The word that a name stands for inside a composed operator; undefined where it is one itself. */
  readonly word: (tree: Tree) => string | undefined;
  /** The argument of the author's own call that is handed on here as it is; undefined outside of composed operators. */
  readonly handed: (tree: Tree) => { readonly op: string; readonly name: string } | undefined;
  readonly problem: (diagnostic: Diagnostic) => void;
}

/** The value of one constant argument, or undefined after reporting why there is none. */
export function constantOf(
  arg: ConstantArg,
  tree: Tree,
  context: ConstantContext,
): Constant | undefined {
  if (arg.is === 'word') return wordOf(arg, tree, context);
  if (arg.is === 'list') return listOf(arg, tree, context);
  if (arg.all && tree.kind === 'name' && tree.of === undefined && tree.name === 'all')
    return Number.POSITIVE_INFINITY;
  const worked = context.work(tree);
  if (worked === undefined) return undefined;
  const { node, unit } = worked;
  const value = node.kind === 'constant' ? node.value : undefined;
  if (arg.is === 'flag') return typeof value === 'boolean' ? value : expected(arg, tree, context);
  if (typeof value !== 'number') return expected(arg, tree, context);
  const counted = inUnits(arg, value, unit, tree.place, context);
  if (counted === undefined) return undefined;
  const called = context.handed(tree) ?? { op: context.op.name, name: arg.name };
  const wrong = outOfBounds(arg, counted, tree.place, called, context.clock);
  if (wrong === undefined) return counted;
  context.problem(wrong);
  return undefined;
}

/** The constants of a call with defaults filled in, in declared order, so that a default may rest on those before it. */
export function withDefaults(op: Operator, given: ReadonlyMap<string, Constant>): Constants {
  const values = new Map<string, Constant>();
  for (const arg of op.args) {
    if (arg.is === 'series' || arg.is === 'table') continue;
    const value = given.get(arg.name);
    const preset = arg.default;
    if (value !== undefined) values.set(arg.name, value);
    else if (preset !== undefined)
      values.set(arg.name, typeof preset === 'function' ? preset(new Constants(values)) : preset);
  }
  return new Constants(values);
}

function wordOf(arg: ConstantArg, tree: Tree, context: ConstantContext): string | undefined {
  const word =
    tree.kind === 'name' && tree.of === undefined
      ? tree.name
      : tree.kind === 'text'
        ? tree.value
        : undefined;
  const words = arg.words ?? [];
  if (word !== undefined && words.includes(word)) return word;
  const passed = context.word(tree);
  if (passed !== undefined && words.includes(passed)) return passed;
  const hint = word === undefined ? undefined : suggestion(word, words);
  const facts = { op: context.op.name, name: arg.name, expected: `one of ${words.join(', ')}` };
  context.problem(report('expr/constant-expected', tree.place, facts, { hint }));
  return undefined;
}

function listOf(
  arg: ConstantArg,
  tree: Tree,
  context: ConstantContext,
): readonly number[] | readonly string[] | undefined {
  if (tree.kind !== 'list') return expected(arg, tree, context);
  const numbers: number[] = [];
  const texts: string[] = [];
  for (const item of tree.items) {
    const node = context.work(item)?.node;
    if (node === undefined) return undefined;
    if (node.kind === 'constant' && typeof node.value === 'number') numbers.push(node.value);
    else if (node.kind === 'constant' && typeof node.value === 'string') texts.push(node.value);
    else return expected(arg, item, context);
  }
  if (numbers.length > 0 && texts.length > 0) return expected(arg, tree, context);
  return texts.length > 0 ? texts : numbers;
}

function inUnits(
  arg: ConstantArg,
  value: number,
  unit: Unit,
  place: Place,
  context: ConstantContext,
): number | undefined {
  const timed = unit.dims === MILLISECONDS.dims;
  const { spacing } = context.clock;
  if (arg.is === 'duration') {
    if (timed) return value;
    if (spacing !== undefined) return value * spacing;
  } else if (!timed || value === Number.POSITIVE_INFINITY) return value;
  else if (arg.is === 'rows' && spacing !== undefined) return value / spacing;
  const facts = {
    op: context.op.name,
    name: arg.name,
    expected:
      arg.is === 'duration'
        ? 'a duration, as in 9h'
        : arg.is === 'rows'
          ? `a count of rows, as the clock "${context.clock.name}" has no fixed spacing`
          : 'a plain number',
  };
  context.problem(report('expr/constant-expected', place, facts));
  return undefined;
}

function expected(arg: ConstantArg, tree: Tree, context: ConstantContext): undefined {
  const kinds = {
    rows: 'a constant number of rows',
    integer: 'a constant whole number',
    number: 'a constant number',
    flag: 'true or false',
    word: 'a word',
    list: 'a list of constant numbers or of constant texts',
    duration: 'a constant duration',
  } as const;
  const facts = { op: context.op.name, name: arg.name, expected: kinds[arg.is] };
  context.problem(report('expr/constant-expected', tree.place, facts));
  return undefined;
}
