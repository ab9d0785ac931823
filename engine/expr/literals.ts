import type { Diagnostic } from '../diag/diagnostic.js';
import { Refusal } from '../diag/refusal.js';
import { reducerOf } from './reduce.js';
import { constantValue } from './scalar.js';
import { childrenOf, type Tree } from './tree.js';

/** What is wrong with the parts of a check that read nothing, such as `1 / 0`: they can be worked out while it is read. */
export function slipsIn(tree: Tree): readonly Diagnostic[] {
  return literalsIn(tree).flatMap(slipsOf);
}

/** The largest parts that read nothing. */
function literalsIn(tree: Tree): readonly Tree[] {
  const children = childrenOf(tree);
  if (children.length > 0 && !looks(tree)) return tree.kind === 'list' ? [] : [tree];
  return children.flatMap(literalsIn);
}

function looks(tree: Tree): boolean {
  if (tree.kind === 'name' || tree.kind === 'param') return true;
  if (tree.kind === 'call' && reducerOf(tree) !== undefined) return true;
  return childrenOf(tree).some(looks);
}

/** What is wrong with an expression of literals, such as `1 / 0`: measured values may lack a result, written ones may not. */
function slipsOf(tree: Tree): readonly Diagnostic[] {
  try {
    constantValue(tree, false);
    return [];
  } catch (error) {
    if (error instanceof Refusal) return error.diagnostics;
    throw error;
  }
}
