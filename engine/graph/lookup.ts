import type { NameAst } from './ast.js';
import type { Dimension } from './graph.js';
import type { Scope } from './scope.js';
import { dimensionTerm, type Names, type Term } from './terms.js';

/**
 * The names a value in a scope may use: the given loop variables, the dimensions of the stage it belongs to, parameters.
 * @param dims     Dimensions that the stage itself names (those around it are not visible inside a part).
 * @param foreach  What the stage writes: a dimension with problems of its own is not unknown.
 */
export function scopeNames(
  scope: Scope,
  dims: readonly Dimension[],
  rounds: ReadonlyMap<string, Term> = new Map(),
  foreach: readonly NameAst[] = [],
): Names {
  const params = scope.ast.params.map((p) => p.name);
  const find = (name: string): Term | undefined => {
    const round = rounds.get(name);
    if (round) return round;
    const dimension = dims.find((d) => d.name === name);
    if (dimension) return dimensionTerm(dimension, scope.session.types.get(dimension));
    const param = scope.ast.params.find((p) => p.name === name);
    if (param) scope.session.used.add(param);
    return param && scope.param(name);
  };
  const all = [
    ...new Set([
      ...rounds.keys(),
      ...dims.map((d) => d.name),
      ...foreach.map((f) => f.name),
      ...params,
    ]),
  ];
  const why = (name: string): string | undefined => {
    if (scope.dimensionNames.includes(name))
      return `"${name}" is a dimension; add it: foreach: ${name}`;
    if (scope.shells.has(name)) return `"${name}" is a stage; stages are bound to ports under in:`;
    return undefined;
  };
  return { find, why, all };
}
