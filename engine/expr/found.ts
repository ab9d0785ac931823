import { type CheckPort, type CheckValue, evaluateCheck } from './check.js';
import { printFormula } from './print.js';
import { reducerOf } from './reduce.js';
import { childrenOf, type Tree } from './tree.js';

/** Digits of numbers that are shown to people. */
const DIGITS = 6;

/**
 * What a check formula found: each reduction and each single value it reads, once, as `rows(bars) = 730`. A check that is
 * broken is understood by these, not by its outcome.
 */
export function foundBy(tree: Tree, ports: Readonly<Record<string, CheckPort>>): readonly string[] {
  const found = readings(tree).map((part) => {
    return `${printFormula(part)} = ${shown(evaluateCheck(part, ports))}`;
  });
  return [...new Set(found)];
}

/** The outermost parts of a formula that read a port. */
function readings(tree: Tree): readonly Tree[] {
  const reduces = tree.kind === 'call' && reducerOf(tree) !== undefined;
  return reduces || tree.kind === 'name' ? [tree] : childrenOf(tree).flatMap(readings);
}

function shown(value: CheckValue): string {
  if (value === null) return 'missing';
  if (typeof value !== 'number' || Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(DIGITS)));
}
