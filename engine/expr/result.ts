import { reporter } from '../diag/diagnostic.js';
import { buildNode } from './build.js';
import type { Constants } from './constants.js';
import type { Env, Typed } from './env.js';
import type { Placed } from './fit.js';
import { foldConstant } from './fold.js';
import type { Node } from './node.js';
import type { Operator } from './op.js';
import { printFormula } from './print.js';
import type { Tree } from './tree.js';
import type { Constant, ValueType } from './types.js';
import type { Typing } from './typing.js';
import { type Unit, unitText } from './unit.js';
import type { World } from './world.js';

const report = reporter({
  'expr/argument': '`{op}`: {problem}.',
  'expr/no-value': 'The constant expression {formula} has no value.',
  'expr/types': '`{op}` needs values of one type, found {found}.',
  'expr/units': '`{op}` needs values whose units go together, found {found}.',
  'expr/starts-at-decision':
    '{formula} starts from {own} of the decision bar, which nobody can trade at: the entry is {entry} later at the earliest.',
  'expr/constant-series': '`{op}` looks at many rows, and its argument is a constant.',
});

/** An operator with all that it was given. */
export interface Applied {
  readonly inputs: readonly Placed[];
  readonly constants: Constants;
  readonly table: string | undefined;
  /** What the formula shows for it, and problems point at. */
  readonly shown: Tree;
}

/** What an operator makes of its arguments: type, unit and node. Operators over constants are worked out at once. */
export function resultOf(typing: Typing, op: Operator, on: Applied, env: Env): Typed | undefined {
  const { inputs, constants, table } = on;
  const place = typing.placeOf(on.shown, env);
  const refused = (problem: string): undefined =>
    typing.fail(env, report('expr/argument', place, { op: op.name, problem }));
  const wrong = notFiltered(typing.world, on) ?? op.check?.(constants) ?? unsound(typing, op, on);
  if (wrong !== undefined) return refused(wrong);
  const type = typeOf(op, inputs);
  if (type === undefined) {
    const found = [...new Set(inputs.map((i) => i.typed.node.type))].join(' and ');
    return typing.fail(env, report('expr/types', place, { op: op.name, found }));
  }
  const unit = op.unit(
    inputs.map((i) => i.typed.unit),
    constants,
  );
  if (unit === undefined) {
    const facts = { op: op.name, found: unitsOf(inputs) };
    return typing.fail(env, report('expr/units', place, facts));
  }
  const parts = inputs.map((i) => ({ slot: i.arg.name, node: i.typed.node }));
  if (parts.length > 0 && parts.every((p) => p.node.kind === 'constant')) {
    if (op.elementWise) return folded(typing, op, on, unit, env);
    if (op.name === 'lag') return inputs[0]?.typed;
    return typing.fail(env, report('expr/constant-series', place, { op: op.name }));
  }
  const node = buildNode(typing, op, type, parts, constants, table);
  if (typeof node === 'string') return refused(node);
  const ahead = op.name === 'ahead' ? constants.number('k') : 0;
  if (ahead > 0 || op.across !== undefined) typing.mark(on.shown, env, node.facts, ahead);
  startsEarly(typing, op, on, env);
  return { node, unit };
}

/** Operators that set one price against another. */
const AGAINST: ReadonlySet<string> = new Set(['-', '/', '<', '<=', '>', '>=']);

/**
 * Warn of a target that measures from a price of its own row. It is no error: what is known at the decision may scale a target,
 * and only its looks tell a scale from a price.
 */
function startsEarly(typing: Typing, op: Operator, { inputs, shown }: Applied, env: Env): void {
  const { admit, entry = 1 } = typing.world.options;
  if (admit !== 'target' || !AGAINST.has(op.name)) return;
  const later = inputs.find((i) => i.typed.node.facts.ahead !== undefined);
  const own = inputs.find(({ typed: { node, unit } }) => {
    const sameUnit = unit.dims !== '' && unit.dims === later?.typed.unit.dims;
    return sameUnit && node.kind === 'column' && node.facts.ahead === undefined;
  })?.typed.node;
  if (own?.kind !== 'column') return;
  const hint = `start where the entry is, at ahead(close, ${entry})`;
  const facts = {
    formula: printFormula(shown),
    own: own.column,
    entry: entry === 1 ? '1 bar' : `${entry} bars`,
  };
  const place = typing.placeOf(shown, env);
  typing.world.report(
    report('expr/starts-at-decision', place, facts, { hint, severity: 'warning' }),
  );
}

/** An element-wise operator over constants, worked out. Without a value it is a slip, unless something was missing before. */
function folded(
  typing: Typing,
  op: Operator,
  on: Applied,
  unit: Unit,
  env: Env,
): Typed | undefined {
  const parts = on.inputs.map((i) => ({ slot: i.arg.name, node: i.typed.node }));
  const node = foldConstant(typing.nodes, op, parts, on.constants);
  const known = on.inputs.every((i) => constantIn(i) !== undefined);
  if (!known || valueOfNode(node) !== undefined || typing.world.options.measured)
    return { node, unit };
  const facts = { formula: printFormula(on.shown) };
  const hint = 'write `missing` where a missing value is meant';
  return typing.fail(env, report('expr/no-value', typing.placeOf(on.shown, env), facts, { hint }));
}

function unsound(typing: Typing, op: Operator, on: Applied): string | undefined {
  return typing.world.options.measured ? undefined : op.constantRule?.(on.inputs.map(constantIn));
}

function constantIn(input: Placed): Constant | undefined {
  return valueOfNode(input.typed.node);
}

function valueOfNode(node: Node): Constant | undefined {
  return node.kind === 'constant' ? node.value : undefined;
}

function typeOf(op: Operator, inputs: readonly Placed[]): ValueType | undefined {
  return typeof op.gives === 'function' ? op.gives(inputs.map((i) => i.typed.node.type)) : op.gives;
}

function unitsOf(inputs: readonly Placed[]): string {
  const units: readonly Unit[] = inputs.map((i) => i.typed.unit);
  return units
    .filter((u) => !u.any)
    .map((u) => unitText(u) ?? 'a pure number')
    .join(' and ');
}

/** Why a condition cannot filter a table: its rows must be those of its clock. */
function notFiltered(world: World, { inputs, table }: Applied): string | undefined {
  if (table === undefined || inputs.length === 0) return undefined;
  const clock = world.tables.get(table)?.clock ?? '';
  if (world.clocks.get(clock)?.table === table) return undefined;
  return `"${table}" cannot stand here with a series, as its clock has the rows of another table`;
}
