import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import { matchArguments } from './arguments.js';
import type { Composed } from './composed.js';
import { clockSpec } from './derive.js';
import type { Env, Locals, Typed } from './env.js';
import type { CallTree, Tree } from './tree.js';
import type { Typing } from './typing.js';
import { ANY, MILLISECONDS } from './unit.js';

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
  for (const { slot, tree } of given) {
    const typed = isAll(tree)
      ? { node: typing.nodes.constant(Number.POSITIVE_INFINITY, 'number'), unit: ANY }
      : typing.type(tree, env);
    if (typed === undefined) return undefined;
    values.set(slot, typed);
  }
  countRows(typing, composed, values);
  return body(typing, composed, values, { ...env, site: env.site ?? call, depth: env.depth + 1 });
}

/** Durations given for rows become counts of the clock of the series beside them. */
function countRows(typing: Typing, composed: Composed, values: Map<string, Typed>): void {
  const clock = [...values.values()].map((t) => t.node.facts.clock).find((c) => c !== undefined);
  const { spacing } = clock === undefined ? typing.world.main : clockSpec(typing.world, clock);
  for (const arg of composed.args) {
    const value = values.get(arg.name);
    if (arg.kind !== 'rows' || value?.node.kind !== 'constant' || spacing === undefined) continue;
    if (typeof value.node.value !== 'number' || value.unit.dims !== MILLISECONDS.dims) continue;
    const rows = value.node.value / spacing;
    values.set(arg.name, { node: typing.nodes.constant(rows, 'number'), unit: ANY });
  }
}

function body(
  typing: Typing,
  composed: Composed,
  values: Map<string, Typed>,
  env: Env,
): Typed | undefined {
  const busy = new Set<string>();
  const locals: Locals = {
    composed,
    find: (name) => {
      const known = values.get(name);
      if (known !== undefined) return known;
      const tree = composed.args.find((a) => a.name === name)?.default ?? composed.lets.get(name);
      if (tree === undefined || busy.has(name)) return 'unknown';
      busy.add(name);
      const typed = typing.type(tree, { ...env, locals });
      busy.delete(name);
      if (typed !== undefined) values.set(name, typed);
      return typed;
    },
  };
  return typing.type(composed.expr, { ...env, locals });
}

function isAll(tree: Tree): boolean {
  return tree.kind === 'name' && tree.of === undefined && tree.name === 'all';
}
