import { withDefaults } from './constant.js';
import type { Constants } from './constants.js';
import { deriveFacts } from './derive.js';
import type { Node, NodeInput } from './node.js';
import type { Operator } from './op.js';
import type { ValueType } from './types.js';
import type { Typing } from './typing.js';

/**
 * The node of a call, with lags pulled outwards: `f(lag(x, k))` and `lag(f(x), k)` share one kernel and one key.
 * A text is a refusal by the operator.
 */
export function buildNode(
  typing: Typing,
  op: Operator,
  type: ValueType,
  inputs: readonly NodeInput[],
  constants: Constants,
  table: string | undefined,
): Node | string {
  const [first] = inputs;
  if (op.name === 'lag' && first !== undefined) {
    const k = constants.number('k');
    if (k === 0) return first.node;
    if (first.node.kind === 'op' && first.node.op === op) {
      const whole = withDefaults(op, new Map([['k', k + first.node.constants.number('k')]]));
      return plainNode(typing, op, type, first.node.inputs, whole, table);
    }
  }
  const taken = op.name === 'if' ? branchTaken(inputs) : undefined;
  if (taken !== undefined) return taken;
  const lagged = op.commutes ? commonLag(inputs) : undefined;
  if (lagged === undefined) return plainNode(typing, op, type, inputs, constants, table);
  const inner = plainNode(typing, op, type, lagged.inputs, constants, table);
  if (typeof inner === 'string') return inner;
  const { lag } = lagged;
  return plainNode(typing, lag.op, type, [{ slot: 'x', node: inner }], lag.constants, undefined);
}

/** The branch of an `if` whose condition is a constant: the other one is never looked at, so it adds nothing to the facts. */
function branchTaken([condition, a, b]: readonly NodeInput[]): Node | undefined {
  if (condition?.node.kind !== 'constant') return undefined;
  const { value } = condition.node;
  return value === true ? a?.node : value === false ? b?.node : undefined;
}

function plainNode(
  typing: Typing,
  op: Operator,
  type: ValueType,
  inputs: readonly NodeInput[],
  constants: Constants,
  table: string | undefined,
): Node | string {
  const { world } = typing;
  const args = inputs.map((i) => i.node.facts);
  const bound = table === undefined ? undefined : world.tables.get(table);
  const facts = deriveFacts(op, constants, args, bound, world);
  if (typeof facts === 'string') return facts;
  return typing.nodes.op(op, type, inputs, constants, table, facts);
}

/** The lag all inputs share, and the inputs without it. */
function commonLag(inputs: readonly NodeInput[]) {
  const lags = inputs.map(({ node }) =>
    node.kind === 'op' && node.op.name === 'lag' ? node : undefined,
  );
  const [lag] = lags;
  if (lag === undefined) return undefined;
  const k = lag.constants.number('k');
  const bare: NodeInput[] = [];
  for (const [index, { slot }] of inputs.entries()) {
    const own = lags[index];
    const inner = own?.inputs[0];
    if (own === undefined || inner === undefined || own.constants.number('k') !== k)
      return undefined;
    bare.push({ slot, node: inner.node });
  }
  return { lag, inputs: bare };
}
