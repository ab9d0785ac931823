import { unreachable } from '../diag/unreachable.js';
import type { BinaryOp, Tree } from './tree.js';
import { nameText } from './tree.js';

/** Tighter operators have larger numbers; the gaps hold `not` and unary minus. */
const PRECEDENCE: Readonly<Record<BinaryOp, number>> = {
  or: 1,
  and: 2,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '==': 4,
  '!=': 4,
  in: 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '^': 8,
};
const NOT = 3;
const MINUS = 7;
const ATOM = 9;

/** The canonical text of a formula: one space around operators, fewest brackets. Parsing it gives the same tree. */
export function printFormula(tree: Tree): string {
  switch (tree.kind) {
    case 'number':
      return `${tree.value}${tree.unit ?? ''}`;
    case 'text':
      return `'${tree.value.replaceAll("'", "''")}'`;
    case 'flag':
      return String(tree.value);
    case 'missing':
      return 'missing';
    case 'list':
      return `[${tree.items.map(printFormula).join(', ')}]`;
    case 'name':
      return nameText(tree);
    case 'param':
      return `$${tree.name}`;
    case 'call': {
      const named = tree.named.map((n) => `${n.name}=${printFormula(n.value)}`);
      return `${tree.op}(${[...tree.args.map(printFormula), ...named].join(', ')})`;
    }
    case 'unary':
      return tree.op === '-' ? `-${wrap(tree.arg, MINUS)}` : `not ${wrap(tree.arg, NOT)}`;
    case 'binary':
      return binary(tree.op, tree.left, tree.right);
    default:
      return unreachable(tree);
  }
}

function binary(op: BinaryOp, left: Tree, right: Tree): string {
  const own = PRECEDENCE[op];
  if (op === '^') return `${wrap(left, ATOM)} ^ ${wrap(right, MINUS)}`;
  const comparison = own === PRECEDENCE['<'];
  return `${wrap(left, comparison ? own + 1 : own)} ${op} ${wrap(right, own + 1)}`;
}

function wrap(tree: Tree, least: number): string {
  const text = printFormula(tree);
  return precedence(tree) < least ? `(${text})` : text;
}

function precedence(tree: Tree): number {
  if (tree.kind === 'binary') return PRECEDENCE[tree.op];
  if (tree.kind === 'unary') return tree.op === '-' ? MINUS : NOT;
  return ATOM;
}
