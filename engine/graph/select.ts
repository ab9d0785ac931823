import { reporter } from '../diag/diagnostic.js';
import { nearest, suggestion } from '../diag/suggest.js';
import type { Reference, Selection } from './ast.js';
import type { Dimension, Fixed } from './graph.js';
import { idOf } from './ids.js';
import type { Scope, Wire } from './scope.js';
import type { Term } from './terms.js';

const report = reporter({
  'graph/select-nothing': '"{source}" has no dimensions to select from.',
  'graph/select-which': '"{source}" has several dimensions: {dimensions}.',
  'graph/select-dimension': '"{source}" has no dimension "{dimension}".',
  'graph/select-twice': 'Dimension "{dimension}" is selected twice.',
  'graph/unknown-point': 'Dimension "{dimension}" has no "{id}".',
  'graph/select-param': 'No parameter is called "{name}".',
  'graph/select-value': '"{name}" cannot select: its value is no text and has no id.',
});

/** Hold some dimensions of a wire at one id each, as the reference says. */
export function select(scope: Scope, wire: Wire, ref: Reference): Wire | undefined {
  const fixed: Fixed[] = [...wire.fixed];
  for (const selection of ref.selections) {
    const one = fix(scope, { ...wire, fixed }, ref, selection);
    if (!one) return undefined;
    fixed.push(one);
  }
  return { ...wire, fixed };
}

/** Dimensions of a wire that are not held at one id. */
export function freeDims(wire: Wire): readonly Dimension[] {
  return wire.source.stage.dims.filter((d) => !wire.fixed.some((f) => f.dimension === d));
}

function fix(scope: Scope, wire: Wire, ref: Reference, selection: Selection): Fixed | undefined {
  const enclosing = scope.enclosing();
  const free = freeDims(wire).filter((d) => !enclosing.includes(d));
  const dimension = dimensionOf(scope, free, ref, selection);
  if (!dimension) return undefined;
  if (!selection.isParam) {
    const { value } = selection;
    return hasPoint(scope, dimension, value, selection)
      ? { dimension, id: () => value }
      : undefined;
  }
  const term = paramOf(scope, selection);
  if (!term) return undefined;
  if (term.dims.length === 0) {
    const id = idOf(term.at(new Map(), {}) ?? null);
    if (id === undefined) {
      const facts = { name: `$${selection.value}` };
      scope.session.problems.add(report('graph/select-value', selection.place, facts));
      return undefined;
    }
    return hasPoint(scope, dimension, id, selection) ? { dimension, id: () => id } : undefined;
  }
  return { dimension, id: (binding) => idOf(term.at(binding, {}) ?? null) ?? '' };
}

function dimensionOf(
  scope: Scope,
  free: readonly Dimension[],
  ref: Reference,
  selection: Selection,
): Dimension | undefined {
  const { problems } = scope.session;
  const source = ref.text.split('@')[0];
  const names = free.map((d) => d.name);
  const { dimension: named, place } = selection;
  if (named) {
    const found = free.find((d) => d.name === named.name);
    if (found) return found;
    const twice = ref.selections.filter((s) => s.dimension?.name === named.name).length > 1;
    const code = twice ? 'graph/select-twice' : 'graph/select-dimension';
    const facts = { source, dimension: named.name };
    problems.add(report(code, named.place, facts, { hint: suggestion(named.name, names) }));
    return undefined;
  }
  if (free.length === 1) return free[0];
  if (free.length === 0) {
    problems.add(report('graph/select-nothing', place, { source }));
    return undefined;
  }
  const hint = `name it: @${names[0]}=${selection.isParam ? '$' : ''}${selection.value}`;
  problems.add(report('graph/select-which', place, { source, dimensions: names }, { hint }));
  return undefined;
}

function paramOf(scope: Scope, { value, place }: Selection): Term | undefined {
  const { problems } = scope.session;
  const declared = scope.ast.params.map((p) => p.name);
  const param = scope.ast.params.find((p) => p.name === value);
  if (param) {
    scope.session.used.add(param);
    return scope.param(value);
  }
  const hint = scope.dimensionNames.includes(value)
    ? 'dimensions align by themselves: leave the selection out'
    : suggestion(value, declared);
  problems.add(report('graph/select-param', place, { name: value }, { hint }));
  return undefined;
}

/** Points that a run will bring, or that differ from item to item, cannot be checked before. */
function hasPoint(scope: Scope, dimension: Dimension, id: string, selection: Selection): boolean {
  const { points } = dimension;
  if (points.kind !== 'static' || dimension.depends.length > 0) return true;
  const ids = points.at(new Map()).map((p) => p.id);
  if (ids.includes(id)) return true;
  const facts = { dimension: dimension.name, id };
  // What is written here is right: the value of the parameter is what has to change.
  const hint = selection.isParam
    ? `"$${selection.value}" picks one of ${dimension.name}: set it too, such as ${selection.value}=${nearest(id, ids) ?? ids[0]}`
    : suggestion(id, ids);
  scope.session.problems.add(report('graph/unknown-point', selection.place, facts, { hint }));
  return false;
}
