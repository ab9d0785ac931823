import { reporter } from '../diag/diagnostic.js';
import type { Env, Group, Typed } from './env.js';
import { type Facts, joinFacts } from './facts.js';
import { gather } from './gather.js';
import { NO_CONSTANTS, type Node } from './node.js';
import type { Operator, SeriesArg } from './op.js';
import { printFormula } from './print.js';
import { recurrenceOf } from './recurrence.js';
import type { Tree } from './tree.js';
import type { Typing } from './typing.js';
import type { World } from './world.js';

const report = reporter({
  'expr/in-group': '`{op}` cannot stand inside `by`.',
});

/** Why an operator cannot count rows of a group, with what to write instead. */
function unfit(op: Operator): string | undefined {
  if (op.inside !== undefined) return 'group by one key that holds both, or name the inner one';
  if (op.across !== undefined)
    return `put it outside, or give it a name: groups hold rows of one symbol`;
  if (op.name === 'ahead') return 'name what lies ahead in a formula of its own';
  return undefined;
}

/** Whether an operator may stand where it does; says so if not. */
export function fitsGroup(typing: Typing, op: Operator, shown: Tree, env: Env): boolean {
  const hint = env.group === undefined ? undefined : unfit(op);
  if (hint === undefined) return true;
  typing.fail(env, report('expr/in-group', typing.placeOf(shown, env), { op: op.name }, { hint }));
  return false;
}

/**
 * Where a series argument stands: what crosses clocks is worked out beside the groups, and the expression of `by` inside those
 * of its key.
 */
export function around(
  typing: Typing,
  op: Operator,
  arg: SeriesArg,
  key: { readonly tree: Tree; readonly typed: Typed } | undefined,
  env: Env,
): Env {
  if (op.inside === arg.name && key !== undefined) {
    const group = groupOf(typing.world, key.typed.node, key.tree);
    return group === undefined ? env : { ...env, group };
  }
  return op.crosses && env.group !== undefined ? { ...env, group: undefined } : env;
}

/** The groups of a key; undefined for a constant. Equal keys make one clock. */
function groupOf({ clocks }: World, key: Node, tree: Tree): Group | undefined {
  const of = key.facts.clock;
  const base = of === undefined ? undefined : clocks.get(of);
  if (of === undefined || base === undefined) return undefined;
  const known = [...clocks.values()].find((home) => home.key === key);
  if (known !== undefined) return { clock: known.spec.name, of, key };
  const plain = `${of} by ${printFormula(tree)}`;
  const clock = clocks.has(plain) ? `${plain} (${key.id})` : plain;
  const grouped = { of, recurrence: recurrenceOf(key, base.spec) };
  const { width, nominal } = base.spec;
  const spec = { name: clock, spacing: undefined, nominal, within: undefined, width, grouped };
  clocks.set(clock, { spec, table: base.table, base: of, key });
  return { clock, of, key };
}

/** A value as it stands inside the groups: series of the clock itself are gathered, all others are as they were. */
export function within(typing: Typing, typed: Typed, { group }: Env): Typed {
  const { node } = typed;
  if (group === undefined || node.facts.clock !== group.of) return typed;
  const inputs = [
    { slot: 'x', node },
    { slot: 'key', node: group.key },
  ];
  const facts = gathered(node.facts, group);
  return {
    ...typed,
    node: typing.nodes.op(gather, node.type, inputs, NO_CONSTANTS, undefined, facts),
  };
}

/** Rows are counted anew inside; what was counted before is kept apart. */
function gathered(facts: Facts, { clock, key }: Group): Facts {
  const { reach, warmup, ...joined } = joinFacts([facts, key.facts]);
  const outside = { reach, warmup, ahead: joined.ahead };
  const { holes, instant } = facts;
  return { ...joined, reach: 0, warmup: 0, clock, holes, instant, outside };
}
