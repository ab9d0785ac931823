import type { Dimension } from './graph.js';
import { scopeNames } from './lookup.js';
import type { NodeShell, PartShell } from './scope.js';
import type { Names, Term } from './terms.js';

/** The dimensions that a stage itself names in `foreach`. */
export function ownDims(shell: NodeShell | PartShell): readonly Dimension[] {
  const around = shell.scope.enclosing();
  return shell.dims().filter((d) => !around.includes(d));
}

/** The names that values of a stage may use. */
export function stageNames(
  shell: NodeShell | PartShell,
  rounds: ReadonlyMap<string, Term> = new Map(),
): Names {
  return scopeNames(shell.scope, ownDims(shell), rounds, shell.ast.foreach);
}
