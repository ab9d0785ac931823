import type { Tree } from '../../../engine/sdk/index.js';

/** One comparison of a column with a number. */
export type ConditionNode = {
  readonly feature: string;
  readonly operator: string;
  readonly value: number;
  readonly lookback_bars: number;
  readonly window_bars: number;
};

/** Comparisons of nodes, each with what it is when its sides are exchanged. */
const TURNED: Readonly<Record<string, string>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
};

/** Those parts of a conjunction that compare a column with a number; what else it asks is in its formula alone. */
export function nodesIn(tree: Tree): readonly ConditionNode[] {
  if (tree.kind !== 'binary') return [];
  const { op, left, right } = tree;
  if (op === 'and') return [...nodesIn(left), ...nodesIn(right)];
  const turned = TURNED[op];
  if (turned === undefined) return [];
  return nodeOf(left, op, right) ?? nodeOf(right, turned, left) ?? [];
}

function nodeOf(
  column: Tree,
  operator: string,
  number: Tree,
): readonly ConditionNode[] | undefined {
  const value = numberIn(number);
  if (column.kind !== 'name' || column.of !== undefined || value === undefined) return undefined;
  return [{ feature: column.name, operator, value, lookback_bars: 0, window_bars: 0 }];
}

function numberIn(tree: Tree): number | undefined {
  if (tree.kind === 'number') return tree.unit === undefined ? tree.value : undefined;
  if (tree.kind !== 'unary' || tree.op !== '-') return undefined;
  const size = numberIn(tree.arg);
  return size === undefined ? undefined : -size;
}
