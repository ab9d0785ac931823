import { reporter } from '../diag/diagnostic.js';
import type { Given } from './arguments.js';
import type { Env, Typed } from './env.js';
import { around } from './grouping.js';
import type { Node } from './node.js';
import type { Operator, SeriesArg } from './op.js';
import type { Tree } from './tree.js';
import type { ValueType } from './types.js';
import type { Typing } from './typing.js';
import { ANY } from './unit.js';

const report = reporter({
  'expr/type': 'The argument "{name}" of `{op}` must be {expected}, found {found}.',
});

/** A series argument of a call, typed. */
export interface Placed {
  readonly arg: SeriesArg;
  readonly tree: Tree;
  readonly typed: Typed;
}

/** The series arguments in declared order; all are typed, so that every problem is told. Undefined where one is unsound or not bound. */
export function seriesOf(
  typing: Typing,
  op: Operator,
  given: readonly Given[],
  env: Env,
): readonly Placed[] | undefined {
  const placed: Placed[] = [];
  let sound = true;
  for (const arg of op.args) {
    if (arg.is !== 'series') continue;
    for (const { tree } of given.filter((g) => g.slot === arg.name)) {
      const typed = typing.type(tree, around(typing, op, arg, placed[0], env));
      if (typed === undefined) sound = false;
      else placed.push({ arg, tree, typed });
    }
  }
  if (!sound) return undefined;
  const fitted = placed.map((p) => asDeclared(typing, op, p, placed, env));
  return fitted.every((p) => p !== undefined) ? fitted : undefined;
}

/** A literal `missing` takes the type its neighbours have; other types must be those declared. */
function asDeclared(
  typing: Typing,
  op: Operator,
  placed: Placed,
  all: readonly Placed[],
  env: Env,
): Placed | undefined {
  const { arg, typed, tree } = placed;
  const open = (p: Placed): boolean => isMissing(p.typed.node);
  const others = all.find((p) => p.arg.type === 'any' && !open(p));
  const wanted: ValueType = arg.type === 'any' ? (others?.typed.node.type ?? 'number') : arg.type;
  if (open(placed)) {
    const node = typing.nodes.constant(undefined, wanted);
    return { ...placed, typed: { node, unit: ANY } };
  }
  if (arg.type === 'any' || typed.node.type === wanted) return placed;
  const facts = { op: op.name, name: arg.name, expected: wanted, found: typed.node.type };
  const hint =
    wanted === 'number' && typed.node.type === 'boolean'
      ? 'count conditions with if(c, 1, 0)'
      : undefined;
  return typing.fail(env, report('expr/type', typing.placeOf(tree, env), facts, { hint }));
}

function isMissing(node: Node): boolean {
  return node.kind === 'constant' && node.value === undefined && node.type === 'number';
}
