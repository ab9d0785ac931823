import { type Place, reporter } from '../diag/diagnostic.js';
import { Problems } from '../diag/problems.js';
import { refuse } from '../diag/refusal.js';
import type { ParamSchema } from '../sdk/params.js';
import type { Json } from '../yaml/value.js';
import type { DimensionAst } from './ast.js';
import { attempt } from './attempt.js';
import { compileCheck } from './checks.js';
import { literalType } from './declare.js';
import { expectEarly, lateColumns } from './entities.js';
import { describeJson, type Given, isList, leafText, wholeName } from './given.js';
import { isGlob } from './glob.js';
import type { Binding, CheckName, Dimension, Point, PortPoints, StaticPoints } from './graph.js';
import { clash, idOf, idProblem } from './ids.js';
import { scopeNames } from './lookup.js';
import { usesIn } from './names.js';
import { readReference } from './reference.js';
import type { Scope } from './scope.js';
import { type Term, termOf } from './terms.js';
import { typeText } from './typetext.js';
import { wireOf } from './wires.js';

const report = reporter({
  'graph/not-a-list': 'Dimension "{name}" needs a list, and "{param}" is {found}.',
  'graph/dimension-text': 'Dimension "{name}" cannot be made of "{text}".',
  'graph/no-id': 'Value {position} of dimension "{name}" has no id.',
  'graph/id': 'Dimension "{name}": {why}.',
  'graph/same-id':
    'Dimension "{name}" has "{id}" and "{other}", which are equal when case is ignored.',
  'graph/empty-dimension':
    'Dimension "{name}" has no values, so nothing that goes over it will run.',
  'graph/rows-of':
    'Dimension "{name}" reads rows of a table or entries of a list, and "{port}" is a {kind}.',
  'graph/rows-selected': 'Dimension "{name}" reads all items of "{port}": it cannot select one.',
});

/** A declaration that could be read. */
type Declared = DimensionAst & { readonly over: Given };

interface Made {
  readonly points: StaticPoints | PortPoints;
  readonly depends: readonly Dimension[];
  readonly type: ParamSchema | undefined;
}

/** The axis that a declaration means; undefined when a problem was reported. */
export function resolveDimension(scope: Scope, ast: DimensionAst): Dimension | undefined {
  const { session } = scope;
  const { over } = ast;
  const made = over && pointsOf(scope, { ...ast, over });
  if (!over || !made) return undefined;
  const dimension: { -readonly [K in keyof Dimension]: Dimension[K] } = {
    id: `${scope.path}${ast.name}`,
    name: ast.name,
    place: ast.place,
    depends: made.depends,
    points: made.points,
  };
  if (made.type) session.types.set(dimension, made.type);
  if (made.points.kind === 'static' && made.depends.length === 0) {
    if (made.points.at(new Map()).length === 0) {
      const detail = { severity: 'warning' } as const;
      session.problems.add(report('graph/empty-dimension', over.place, { name: ast.name }, detail));
    }
  }
  if (ast.where) addCondition(scope, ast, dimension);
  session.dimensions.push(dimension);
  return dimension;
}

/** `where:` may look at other dimensions; the points then depend on theirs. */
function addCondition(
  scope: Scope,
  ast: DimensionAst,
  dimension: { -readonly [K in keyof Dimension]: Dimension[K] },
): void {
  if (!ast.where) return;
  const looked = new Set(dimension.depends);
  const meaning = (name: string): CheckName | undefined => {
    if (name === ast.name) return { kind: 'dimension', dimension };
    const declared = scope.ast.dimensions.find((d) => d.name === name);
    const other = scope.dimensionNames.includes(name) ? scope.dimension(name) : undefined;
    if (!other) return undefined;
    if (declared) scope.session.used.add(declared);
    for (const d of [...other.depends, other]) looked.add(d);
    return { kind: 'dimension', dimension: other };
  };
  const where = compileCheck(
    ast.where,
    scope,
    scopeNames(scope, []),
    meaning,
    scope.dimensionNames,
  );
  if (!where) return;
  expectEarly(where, dimension, scope.session.problems);
  dimension.where = where;
  dimension.depends = [...looked];
}

function pointsOf(scope: Scope, ast: Declared): Made | undefined {
  const text = leafText(ast.over);
  if (text === undefined) return fromList(scope, ast);
  const param = wholeName(text);
  if (param !== undefined || ast.over.kind === 'words') return fromTerm(scope, ast, ast.over);
  if (isGlob(text) || text.endsWith('.yaml')) return fromGlob(scope, ast, text);
  return fromPort(scope, ast);
}

function fromList(scope: Scope, ast: Declared): Made | undefined {
  const { kinds } = scope.session.catalogue;
  const json: ParamSchema = { 'x-dag': { as: 'json' } };
  const list: ParamSchema = { 'x-dag': { as: 'list', of: json } };
  const names = usesIn(ast.over, list, kinds).length > 0;
  return fromTerm(scope, ast, ast.over, names ? list : literalType(ast.over));
}

/** A list of values: written in place, or that of a parameter. */
function fromTerm(
  scope: Scope,
  ast: Declared,
  given: Given,
  wanted?: ParamSchema,
): Made | undefined {
  const { session } = scope;
  const what = `Dimension "${ast.name}"`;
  const on = { names: scopeNames(scope, []), world: session.specs, problems: session.problems };
  const param = wholeName(leafText(given) ?? '');
  const declared = param === undefined ? undefined : on.names.find(param)?.type;
  const type = declared?.['x-dag'].as === 'optional' ? declared['x-dag'].of : declared;
  if (type && type['x-dag'].as !== 'list' && type['x-dag'].as !== 'json') {
    const facts = { name: ast.name, param: `$${param}`, found: `a ${typeText(type)}` };
    session.problems.add(report('graph/not-a-list', given.place, facts));
    return undefined;
  }
  const schema = wanted ?? unbounded(type) ?? { 'x-dag': { as: 'json' } };
  const term = termOf(given, schema, what, given.place, on);
  if (!term) return undefined;
  const points = staticPoints(ast, term);
  const of = schema['x-dag'].as === 'list' ? schema['x-dag'].of : undefined;
  const made: Made = { points, depends: term.dims, type: of };
  return term.dims.length > 0 || settles(points, session.problems) ? made : undefined;
}

/** Bounds on the length of a list were checked where it was given. */
function unbounded(type: ParamSchema | undefined): ParamSchema | undefined {
  const list = type?.['x-dag'];
  return list?.as === 'list' ? { 'x-dag': { as: 'list', of: list.of } } : type;
}

function settles(points: StaticPoints, problems: Problems): boolean {
  const found = new Problems();
  attempt(found, () => points.at(new Map()));
  problems.add(...found.all);
  return !found.failed;
}

function staticPoints(ast: Declared, term: Term): StaticPoints {
  const known = new WeakMap<readonly Json[], readonly Point[]>();
  const at = (binding: Binding): readonly Point[] => {
    const json = term.at(binding, {}) ?? [];
    if (!isList(json)) {
      const facts = {
        name: ast.name,
        param: leafText(ast.over) ?? '',
        found: describeJson(json),
      };
      return refuse(report('graph/not-a-list', ast.over.place, facts));
    }
    const points = known.get(json) ?? pointsFrom(ast, json);
    known.set(json, points);
    return points;
  };
  return { kind: 'static', at };
}

/** Points of plain values, with legal ids. @throws Refusal naming the values that have none. */
function pointsFrom(ast: Declared, values: readonly Json[]): readonly Point[] {
  const problems = new Problems();
  const { name } = ast;
  const points = values.map((value, i): Point => {
    const id = idOf(value);
    const place = itemPlace(ast, i);
    const why = id === undefined ? undefined : idProblem(id);
    if (id === undefined) problems.add(report('graph/no-id', place, { name, position: i + 1 }));
    else if (why !== undefined) problems.add(report('graph/id', place, { name, id, why }));
    return { id: id ?? '', value };
  });
  const twice = clash(points.map((p) => p.id));
  if (twice && !problems.failed) {
    const [other, id] = [points[twice[0]]?.id, points[twice[1]]?.id];
    problems.add(report('graph/same-id', itemPlace(ast, twice[1]), { name, id, other }));
  }
  problems.settle();
  return points;
}

function itemPlace({ over }: Declared, i: number): Place {
  return (over.kind === 'list' ? over.items[i]?.place : undefined) ?? over.place;
}

function fromGlob(scope: Scope, ast: Declared, glob: string): Made | undefined {
  const { specs, problems } = scope.session;
  const found = specs.matching(glob, ast.over.place, problems);
  if (!found) return undefined;
  const points = found.specs.map((spec): Point => ({ id: String(spec.id), value: spec }));
  const type: ParamSchema = { 'x-dag': { as: 'spec', kind: found.kind } };
  return { points: { kind: 'static', at: () => points }, depends: [], type };
}

/** The rows of a table, or the entries of a list, that a stage makes. */
function fromPort(scope: Scope, ast: Declared): Made | undefined {
  const { problems } = scope.session;
  const { over, name } = ast;
  const text = leafText(over) ?? '';
  const ref = over.kind === 'scalar' ? readReference(over, new Problems()) : undefined;
  if (!ref || (!ref.port && !scope.shells.has(ref.stage.name))) {
    const hint = 'write a list, $param, a glob such as spec/events/**/*.yaml, or stage.port';
    problems.add(report('graph/dimension-text', over.place, { name, text }, { hint }));
    return undefined;
  }
  const wire = wireOf(scope, ref, ast.name);
  if (!wire || wire === 'unbound') return undefined;
  const { kind } = wire.spec;
  if (kind !== 'frame' && kind !== 'json') {
    problems.add(report('graph/rows-of', over.place, { name, port: ref.text, kind }));
    return undefined;
  }
  if (wire.fixed.length > 0) {
    problems.add(report('graph/rows-selected', over.place, { name, port: ref.text }));
    return undefined;
  }
  const { source } = wire;
  const late = lateColumns(wire, scope.session);
  return { points: { kind: 'port', source, late }, depends: source.stage.dims, type: undefined };
}
