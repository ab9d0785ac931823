import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import { Problems } from '../diag/problems.js';
import { suggestion } from '../diag/suggest.js';
import type { KindEntry } from '../sdk/catalogue.js';
import { DESCRIPTIVE } from '../sdk/kind.js';
import { rememberPlaces } from '../sdk/places.js';
import { freeNames, listOf, mapOf, textOf, unknownKeys } from '../yaml/read.js';
import type { Json, JsonObject, Yaml, YamlMap } from '../yaml/value.js';
import { coerce, fieldsOf, make } from './coerce.js';
import { assemble } from './data.js';
import { describe, isMap } from './given.js';
import { clash, idOf, idProblem } from './ids.js';
import { substitute, usesIn } from './names.js';
import { openOf } from './open.js';
import { checkUnit } from './unit-text.js';
import type { Coercion, Made, World } from './world.js';

const report = reporter({
  'spec/kind': 'The first key of a spec is its kind; "{key}" is none.',
  'spec/empty': 'The spec is empty: its first key is its kind and its id.',
  'spec/id-is-file': 'The id is "{id}", but the file is called "{stem}.yaml".',
  'spec/id': 'The spec cannot be used: {why}.',
  'spec/unknown-name': 'Nothing here is called "{name}".',
  'spec/unused-name': '"{name}" is never used.',
  'spec/name-clash': '"{name}" is declared twice: under params and under foreach.',
  'spec/name-taken': 'In a {kind} "{name}" has a meaning already: {leaves} are given values later.',
  'spec/instances': 'The spec has {count} instances; at most {limit} are allowed.',
  'spec/constant': 'Constant "{name}" must be {expected}, found {found}.',
  'spec/constant-bounds': 'The default of "{name}" is {found}, outside {min} … {max}.',
});

const MAX_INSTANCES = 10_000;

/** A spec file read by the fields of its kind. */
export interface SpecFile {
  readonly kind: string | undefined;
  /** One object, or one for every combination of `foreach`, in the order written. */
  readonly instances: readonly JsonObject[];
}

type Constants = Readonly<Record<string, Json>>;
interface Reading {
  readonly map: YamlMap;
  readonly kind: KindEntry;
  readonly id: string;
  readonly world: World;
  readonly problems: Problems;
}

/** The kind a spec file claims: its first key. */
export function kindOfFile(value: Yaml | undefined): string | undefined {
  return value?.kind === 'map' ? value.entries[0]?.key : undefined;
}

/**
 * Read a spec: fields checked by its kind, `foreach` unfolded, `$names` bound, descriptive fields left out.
 * @param stem  The file's name without `.yaml`; the id must be the same.
 */
export function readSpec(value: Yaml, stem: string, world: World, problems: Problems): SpecFile {
  const map = mapOf(value, problems, 'A spec');
  const first = map?.entries[0];
  if (map && !first) problems.add(report('spec/empty', map.place));
  if (!map || !first) return { kind: undefined, instances: [] };
  const kind = Object.hasOwn(world.kinds, first.key) ? world.kinds[first.key] : undefined;
  if (!kind) {
    const hint = suggestion(first.key, Object.keys(world.kinds));
    problems.add(report('spec/kind', first.keyPlace, { key: first.key }, { hint }));
    return { kind: undefined, instances: [] };
  }
  const id = textOf(first.value, problems, `The id of a ${kind.kind}`);
  if (id === undefined) return { kind: kind.kind, instances: [] };
  if (id !== stem) problems.add(report('spec/id-is-file', first.value.place, { id, stem }));
  const own = new Problems();
  const instances = instancesOf({ map, kind, id, world, problems: own });
  problems.add(...own.all);
  return { kind: kind.kind, instances: own.failed || id !== stem ? [] : instances };
}

function instancesOf(on: Reading): readonly JsonObject[] {
  const { map, kind, problems } = on;
  const formulaKeys = kind.formulas ? ['params', 'foreach', 'let'] : [];
  const legal = [kind.kind, ...Object.keys(kind.fields), ...formulaKeys, ...DESCRIPTIVE];
  unknownKeys(map, [...new Set(legal)], problems);
  checkDescription(on);
  if (kind.formulas) checkUnits(on);
  const naming: Reading = { ...on, problems: new Problems() };
  const constants = kind.formulas ? constantsOf(naming) : {};
  const axes = kind.formulas ? axesOf(naming) : [];
  const unused = checkNames(naming);
  problems.add(...naming.problems.all);
  // With wrong names every formula that uses them would be told to be wrong again.
  if (naming.problems.failed) return [];
  const count = axes.reduce((n, axis) => n * axis.values.length, 1);
  if (count > MAX_INSTANCES) {
    problems.add(report('spec/instances', map.place, { count, limit: MAX_INSTANCES }));
    return [];
  }
  const found = combinations(axes).flatMap((point) => {
    const id = [on.id, ...Object.values(point).map(String)].join('_');
    return instance(on, id, { ...constants, ...point });
  });
  // What looks unused may be what a mistyped name meant, or stand in a formula that cannot be read.
  if (!problems.failed) problems.add(...unused);
  return found;
}

function instance(on: Reading, id: string, constants: Constants): readonly JsonObject[] {
  const { map, kind, world, problems } = on;
  const why = idProblem(id);
  if (why !== undefined) {
    problems.add(report('spec/id', map.entries[0]?.value.place, { id, why }));
    return [];
  }
  const coercion: Coercion = { world, problems, constants, leaves: kind.leaves };
  // A formula may be such a name and nothing else.
  const lookup = (name: string) => ({
    json: kind.leaves?.includes(name) ? `$${name}` : constants[name],
  });
  const entries = map.entries.flatMap((entry) => {
    const schema = Object.hasOwn(kind.fields, entry.key) ? kind.fields[entry.key] : undefined;
    const value = schema && substitute(entry.value, schema, world.kinds, lookup);
    return value ? [{ ...entry, value }] : [];
  });
  const fields = fieldsOf(entries, kind.fields, map, `${capital(kind.kind)} "${id}"`, coercion);
  const clauses = kind.formulas ? clausesOf(on, coercion) : undefined;
  const made = assemble([
    ['id', { json: id }],
    ...fields,
    ...(clauses === undefined ? [] : [['let', clauses] as const]),
  ]);
  if (!made || !isMap(made.json)) return [];
  const open = openOf({ map, kind, constants, problems });
  if (open) Object.assign(made.json, { open });
  rememberPlaces(made.json, new Map(map.entries.map((e) => [e.key, e.value.place])));
  return [made.json];
}

/** `let:`: named clauses, each a formula; the order is kept. Undefined when there are none. */
function clausesOf(on: Reading, coercion: Coercion): Made | undefined {
  const clauses = letOf(on);
  if (!clauses) return undefined;
  freeNames(clauses, on.problems);
  const formula = { 'x-dag': { as: 'formula' } } as const;
  const parts = clauses.entries.map((entry) => {
    return [entry.key, make(entry.value, formula, `Clause "${entry.key}"`, coercion)] as const;
  });
  return assemble(parts);
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function letOf({ map, problems }: Reading): YamlMap | undefined {
  const found = map.entries.find((e) => e.key === 'let');
  return found && mapOf(found.value, problems, '"let"');
}

interface Axis {
  readonly name: string;
  readonly values: readonly Json[];
}

function axesOf({ map, problems }: Reading): readonly Axis[] {
  const found = map.entries.find((e) => e.key === 'foreach');
  const axes = found && mapOf(found.value, problems, '"foreach"');
  if (!axes) return [];
  freeNames(axes, problems);
  return axes.entries.map(({ key, value }) => {
    const items = listOf(value, problems, `"${key}"`)?.items ?? [];
    const values = items.flatMap((item): Json[] => {
      if (item.kind === 'scalar' && item.value !== null) return [item.value];
      const facts = { name: key, expected: 'a number or text', found: describe(item) };
      problems.add(report('spec/constant', item.place, facts));
      return [];
    });
    const ids = values.map((v) => idOf(v) ?? '');
    const twice = clash(ids);
    if (twice) {
      const why = `"${ids[twice[1]]}" stands twice in foreach`;
      problems.add(report('spec/id', items[twice[1]]?.place, { why }));
    }
    return { name: key, values };
  });
}

function combinations(axes: readonly Axis[]): readonly Constants[] {
  let points: Constants[] = [{}];
  for (const { name, values } of axes) {
    points = points.flatMap((point) => values.map((value) => ({ ...point, [name]: value })));
  }
  return points;
}

/** `params:` of a spec: constants with bounds, which the author sets and formulas name. */
function constantsOf({ map, world, problems }: Reading): Constants {
  const found = map.entries.find((e) => e.key === 'params');
  const params = found && mapOf(found.value, problems, '"params"');
  if (!params) return {};
  freeNames(params, problems);
  const constants: Record<string, Json> = {};
  for (const { key, value } of params.entries) {
    const found = constantOf(key, value, world, problems);
    if (found !== undefined) constants[key] = found;
  }
  return constants;
}

/** The default of a constant: bare, or in a map with its bounds. */
function constantOf(key: string, value: Yaml, world: World, problems: Problems): Json | undefined {
  const map = value.kind === 'map' ? value : undefined;
  if (map) unknownKeys(map, ['default', 'min', 'max', 'unit', 'doc'], problems);
  const given = map ? map.entries.find((e) => e.key === 'default')?.value : value;
  if (given?.kind !== 'scalar' || given.value === null) {
    const found = given ? describe(given) : 'no default';
    const facts = { name: key, expected: 'a number or text', found };
    problems.add(report('spec/constant', (given ?? value).place, facts));
    return undefined;
  }
  if (map) checkBounds(key, given.value, map, world, problems);
  return given.value;
}

function checkBounds(name: string, found: Json, decl: YamlMap, world: World, problems: Problems) {
  const limit = (key: string) => {
    const value = decl.entries.find((e) => e.key === key)?.value;
    const schema = { 'x-dag': { as: 'number' } } as const;
    return value && coerce(value, schema, `"${key}"`, { world, problems, constants: {} });
  };
  const [min, max] = [limit('min') ?? -Infinity, limit('max') ?? Infinity];
  if (typeof min !== 'number' || typeof max !== 'number') return;
  if (typeof found === 'number' && found >= min && found <= max) return;
  if (typeof found !== 'number' && min === -Infinity && max === Infinity) return;
  problems.add(report('spec/constant-bounds', decl.place, { name, found, min, max }));
}

/** Every `$name` must be declared, and every declared name used: what is not is returned. */
function checkNames(on: Reading): readonly Diagnostic[] {
  const { map, kind, world, problems } = on;
  const entries = kind.formulas ? ['params', 'foreach'].flatMap((key) => namedIn(map, key)) : [];
  const declared = entries.map((e) => e.key);
  const twice = entries.find((e, i) => declared.indexOf(e.key) < i);
  if (twice) problems.add(report('spec/name-clash', twice.keyPlace, { name: twice.key }));
  const leaves = kind.leaves ?? [];
  for (const { key: name, keyPlace } of entries.filter(({ key }) => leaves.includes(key)))
    problems.add(report('spec/name-taken', keyPlace, { kind: kind.kind, name, leaves }));
  const known = [...declared, ...leaves];
  const formula = { 'x-dag': { as: 'formula' } } as const;
  const fields = map.entries.flatMap((e) =>
    Object.hasOwn(kind.fields, e.key) ? usesIn(e.value, kind.fields[e.key], world.kinds) : [],
  );
  const clauses = kind.formulas ? (letOf(on)?.entries ?? []) : [];
  const uses = [...fields, ...clauses.flatMap((e) => usesIn(e.value, formula, world.kinds))];
  for (const { name, place, how } of uses) {
    if (how === 'joined' || known.includes(name)) continue;
    const hint = suggestion(name, known);
    problems.add(report('spec/unknown-name', place, { name: `$${name}` }, { hint }));
  }
  return entries
    .filter(({ key }) => !uses.some((use) => use.name === key))
    .map(({ key: name, keyPlace }) => {
      return report('spec/unused-name', keyPlace, { name }, { severity: 'warning' });
    });
}

/** The entries of a map in a spec; none where it is absent or no map. */
function namedIn(map: YamlMap, key: string): YamlMap['entries'] {
  const found = map.entries.find((e) => e.key === key)?.value;
  return found?.kind === 'map' ? found.entries : [];
}

/** Units of constants, which formulas do not look at. */
function checkUnits({ map, problems }: Reading): void {
  for (const { value } of namedIn(map, 'params')) {
    const unit = value.kind === 'map' && value.entries.find((e) => e.key === 'unit')?.value;
    const text = unit ? textOf(unit, problems, '"unit"') : undefined;
    if (unit && text !== undefined) checkUnit(text, unit.place, problems);
  }
}

/** Descriptive fields are never part of a result, but what is not text cannot be printed. */
function checkDescription({ map, problems }: Reading): void {
  for (const key of ['title', 'doc', 'source']) {
    const found = map.entries.find((e) => e.key === key);
    if (found) textOf(found.value, problems, `"${key}"`);
  }
  const cases = map.entries.find((e) => e.key === 'cases');
  if (cases) listOf(cases.value, problems, '"cases"');
}
