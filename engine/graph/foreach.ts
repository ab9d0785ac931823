import { reporter } from '../diag/diagnostic.js';
import { suggestion } from '../diag/suggest.js';
import type { NameAst, StageAst } from './ast.js';
import type { Dimension } from './graph.js';
import type { Scope } from './scope.js';

const report = reporter({
  'graph/unknown-dimension': 'There is no dimension "{name}".',
  'graph/foreach-twice': 'Dimension "{name}" stands twice.',
  'graph/foreach-needs': 'Dimension "{name}" goes with "{needs}", which the stage does not have.',
  'graph/dimension-shadow':
    'The stage would have two dimensions called "{name}": this one, and one of {around}.',
});

/** The dimensions of a stage: those around it, then its own in the order written, each after those it depends on. */
export function foreachDims(scope: Scope, ast: StageAst): readonly Dimension[] {
  const { problems } = scope.session;
  const around = scope.enclosing();
  const own: { readonly dimension: Dimension; readonly name: NameAst }[] = [];
  for (const name of ast.foreach) {
    const dimension = dimensionCalled(scope, name);
    if (!dimension) continue;
    if (own.some((o) => o.dimension === dimension)) {
      problems.add(report('graph/foreach-twice', name.place, { name: name.name }));
    } else if (around.some((d) => d.name === name.name)) {
      const facts = { name: name.name, around: scope.path.slice(0, -1) };
      const hint = 'rename one of them';
      problems.add(report('graph/dimension-shadow', name.place, facts, { hint }));
    } else own.push({ dimension, name });
  }
  const dims = [...around, ...own.map((o) => o.dimension)];
  for (const { dimension, name } of own) {
    const absent = dimension.depends.find((d) => !dims.includes(d));
    if (!absent) continue;
    const facts = { name: name.name, needs: absent.name };
    const all = [absent.name, ...own.map((o) => o.name.name)];
    const hint = `foreach: [${all.join(', ')}]`;
    problems.add(report('graph/foreach-needs', name.place, facts, { hint }));
  }
  return [...around, ...inOrder(own.map((o) => o.dimension))];
}

function dimensionCalled(scope: Scope, { name, place }: NameAst): Dimension | undefined {
  const declared = scope.ast.dimensions.find((d) => d.name === name);
  if (declared) scope.session.used.add(declared);
  if (scope.dimensionNames.includes(name)) return scope.dimension(name);
  const hint =
    suggestion(name, scope.dimensionNames) ??
    'dimensions are declared under dimensions: at the top';
  scope.session.problems.add(report('graph/unknown-dimension', place, { name }, { hint }));
  return undefined;
}

/** The order written, except that a dimension comes after those it depends on. */
function inOrder(dims: readonly Dimension[]): readonly Dimension[] {
  const sorted: Dimension[] = [];
  const add = (dimension: Dimension): void => {
    if (sorted.includes(dimension)) return;
    for (const needed of dimension.depends) if (dims.includes(needed)) add(needed);
    if (!sorted.includes(dimension)) sorted.push(dimension);
  };
  for (const dimension of dims) add(dimension);
  return sorted;
}
