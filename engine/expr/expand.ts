import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import { matchArguments } from './arguments.js';
import type { Composed } from './composed.js';
import type { ComposedArg } from './composed-args.js';
import { constantOf } from './constant.js';
import { constantContext } from './constant-context.js';
import { clockSpec } from './derive.js';
import type { Env, Locals, Typed } from './env.js';
import type { ClockSpec } from './op.js';
import type { CallTree, Tree } from './tree.js';
import type { Typing } from './typing.js';
import { ANY, PURE } from './unit.js';

const report = reporter({
  'expr/composed-depth': 'The composed operator "{name}" is nested deeper than {limit} levels.',
  'expr/composed-many':
    'The composed operator "{name}" stands for more than {limit} others: they multiply.',
});

/** How deep composed operators may stand in each other. */
const MAX_COMPOSED = 32;
/** How many may be expanded for one definition: a few that each call two multiply beyond all measure. */
const MAX_EXPANDED = 10_000;

/**
 * Type a call of a composed operator: its formula, with arguments typed where the call stands. Names of the caller cannot be
 * captured, and a repeated argument is one node.
 */
export function expand(
  typing: Typing,
  call: CallTree,
  composed: Composed,
  env: Env,
): Typed | undefined {
  if (env.depth >= MAX_COMPOSED) {
    const facts = { name: composed.name, limit: MAX_COMPOSED };
    return typing.fail(env, report('expr/composed-depth', typing.placeOf(call, env), facts));
  }
  if (env.owner.expanded >= MAX_EXPANDED) {
    const facts = { name: composed.name, limit: MAX_EXPANDED };
    return typing.fail(env, report('expr/composed-many', typing.placeOf(call, env), facts));
  }
  env.owner.expanded += 1;
  const slots = composed.args.map((a) => ({
    name: a.name,
    required: a.default === undefined,
    rest: false,
  }));
  const problem = (p: Diagnostic): void => void typing.fail(env, p);
  const given = matchArguments(call, slots, composed.signature, problem);
  if (given === undefined) return undefined;
  const values = new Map<string, Typed>();
  const series = given.filter(({ slot }) => argOf(composed, slot)?.constant === undefined);
  for (const { slot, tree } of series) {
    const typed = typing.type(tree, env);
    if (typed === undefined) return undefined;
    values.set(slot, typed);
  }
  const clock = clockOf(typing, values);
  const constant = (arg: ComposedArg, tree: Tree, at: Env): Typed | undefined =>
    constantArgument(typing, { composed, arg, tree, clock }, at);
  for (const { slot, tree } of given) {
    const arg = argOf(composed, slot);
    if (arg?.constant === undefined) continue;
    const typed = constant(arg, tree, env);
    if (typed === undefined) return undefined;
    values.set(slot, typed);
  }
  const inner = { ...env, site: env.site ?? call, depth: env.depth + 1 };
  return body(typing, composed, values, constant, inner);
}

function argOf(composed: Composed, name: string): ComposedArg | undefined {
  return composed.args.find((a) => a.name === name);
}

/** The clock whose rows are counted: that of the series, the bars where there is none. */
function clockOf(typing: Typing, values: ReadonlyMap<string, Typed>): ClockSpec {
  const clock = [...values.values()].map((t) => t.node.facts.clock).find((c) => c !== undefined);
  return clock === undefined ? typing.world.main : clockSpec(typing.world, clock);
}

/** A constant argument as a node: durations have become rows, `all` is without end, and bounds are kept. */
function constantArgument(
  typing: Typing,
  { composed, arg, tree, clock }: Handed,
  env: Env,
): Typed | undefined {
  const { constant } = arg;
  if (constant === undefined) return typing.type(tree, env);
  const value = constantOf(constant, tree, constantContext(typing, composed, clock, env));
  if (value === undefined || typeof value === 'object') return undefined;
  const type =
    typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'text';
  return { node: typing.nodes.constant(value, type), unit: type === 'number' ? ANY : PURE };
}

interface Handed {
  readonly composed: Composed;
  readonly arg: ComposedArg;
  readonly tree: Tree;
  readonly clock: ClockSpec;
}

function body(
  typing: Typing,
  composed: Composed,
  values: Map<string, Typed>,
  constant: (arg: ComposedArg, tree: Tree, at: Env) => Typed | undefined,
  env: Env,
): Typed | undefined {
  const busy = new Set<string>();
  const locals: Locals = {
    composed,
    find: (name) => {
      const known = values.get(name);
      if (known !== undefined) return known;
      const arg = argOf(composed, name);
      const tree = arg?.default ?? composed.lets.get(name);
      if (tree === undefined || busy.has(name)) return 'unknown';
      busy.add(name);
      const at = { ...env, locals };
      const typed = arg === undefined ? typing.type(tree, at) : constant(arg, tree, at);
      busy.delete(name);
      if (typed !== undefined) values.set(name, typed);
      return typed;
    },
  };
  return typing.type(composed.expr, { ...env, locals });
}
