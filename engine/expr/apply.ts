import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import { suggestion } from '../diag/suggest.js';
import { type Given, matchArguments, slotsOf } from './arguments.js';
import { constantOf, withDefaults } from './constant.js';
import { constantContext } from './constant-context.js';
import type { Constants } from './constants.js';
import { clockSpec } from './derive.js';
import type { Env, Typed } from './env.js';
import { type Placed, seriesOf } from './fit.js';
import { fitsGroup } from './grouping.js';
import { NO_CONSTANTS } from './node.js';
import { type Arg, type ClockSpec, type Operator, signatureOf } from './op.js';
import { printFormula } from './print.js';
import { resultOf } from './result.js';
import type { CallTree, Tree } from './tree.js';
import type { Constant } from './types.js';
import type { Typing } from './typing.js';

const report = reporter({
  'expr/clocks': '`{op}` mixes the clocks {found}.',
  'expr/unknown-table': 'There is no table called "{name}".',
});

/**
 * Type a call of an operator: its arguments first, then what it makes of them.
 * @param shown  What problems point at: of `a + b` the sum as it is written, not the call it stands for.
 */
export function apply(
  typing: Typing,
  op: Operator,
  call: CallTree,
  env: Env,
  shown: Tree = call,
): Typed | undefined {
  const { world } = typing;
  if (!fitsGroup(typing, op, shown, env)) return undefined;
  const problem = (p: Diagnostic): void => void typing.fail(env, p);
  const given = matchArguments(call, slotsOf(op.args), signatureOf(op), problem);
  if (given === undefined) return undefined;
  const inputs = seriesOf(typing, op, given, env);
  const table = tableOf(typing, op, given, env);
  if (inputs === undefined || table === undefined) return undefined;
  const clocks = clocksOf(inputs);
  if (clocks.length > 1 && !op.crosses) {
    const facts = { op: op.name, found: clocks.join(' and ') };
    const hint = 'bring the other one over with asof(…), as in asof(funding.rate)';
    return typing.fail(env, report('expr/clocks', typing.placeOf(shown, env), facts, { hint }));
  }
  const [name] = clocks;
  const clock = name === undefined ? world.main : clockSpec(world, name);
  const constants = constantsOf(typing, op, given, { clock, table: table.name }, env);
  if (constants === undefined) return undefined;
  return resultOf(typing, op, { inputs, constants, table: table.name, shown }, env);
}

/** Type an operator that takes no arguments, by its bare name. */
export function nullary(typing: Typing, op: Operator, shown: Tree, env: Env): Typed | undefined {
  const nothing = { inputs: [], constants: NO_CONSTANTS, table: undefined, shown };
  return resultOf(typing, op, nothing, env);
}

function clocksOf(inputs: readonly Placed[]): readonly string[] {
  const clocks = inputs.map((i) => i.typed.node.facts.clock);
  return [...new Set(clocks.filter((c) => c !== undefined))];
}

/** The table an operator asks for; without a name where it asks for none, undefined where there is none or it is not bound. */
function tableOf(
  typing: Typing,
  op: Operator,
  given: readonly Given[],
  env: Env,
): { readonly name?: string } | undefined {
  const arg = op.args.find((a) => a.is === 'table' || mayBeTable(a));
  const tree = given.find((g) => g.slot === arg?.name)?.tree;
  if (arg === undefined || tree === undefined) return {};
  if (arg.is !== 'table' && !namesTable(tree, env)) return {};
  const name = tree.kind === 'name' && tree.of === undefined ? tree.name : printFormula(tree);
  const { tables, options } = typing.world;
  if (tables.has(name)) return { name };
  if (options.unbound?.includes(name)) {
    env.owner.needs.add(name);
    return undefined;
  }
  const hint = suggestion(name, tables.keys());
  const place = typing.placeOf(tree, env);
  return typing.fail(env, report('expr/unknown-table', place, { name }, { hint }));
}

function mayBeTable(arg: Arg): boolean {
  return arg.is === 'duration' && arg.orTable === true;
}

/** Whether a name is meant for a table: not that of an argument of the composed operator around it. */
function namesTable(tree: Tree, { locals }: Env): boolean {
  if (tree.kind !== 'name' || tree.of !== undefined) return false;
  return locals === undefined || locals.find(tree.name) === 'unknown';
}

function constantsOf(
  typing: Typing,
  op: Operator,
  given: readonly Given[],
  { clock, table }: { readonly clock: ClockSpec; readonly table: string | undefined },
  env: Env,
): Constants | undefined {
  const values = new Map<string, Constant>();
  let sound = true;
  for (const arg of op.args) {
    if (arg.is === 'series' || arg.is === 'table') continue;
    if (table !== undefined && mayBeTable(arg)) continue;
    const tree = given.find((g) => g.slot === arg.name)?.tree;
    if (tree === undefined) continue;
    const value = constantOf(arg, tree, constantContext(typing, op, clock, env));
    if (value === undefined) sound = false;
    else values.set(arg.name, value);
  }
  return sound ? withDefaults(op, values) : undefined;
}
