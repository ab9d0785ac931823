import { reporter } from '../diag/diagnostic.js';
import { suggestion } from '../diag/suggest.js';
import type { KindEntry } from '../sdk/catalogue.js';
import { DESCRIPTIVE } from '../sdk/kind.js';
import type { ParamSchema, ParamSpecs, ParamType } from '../sdk/params.js';
import type { Json } from '../yaml/value.js';
import { makeFolder } from './folders.js';
import { readFormula, rememberFormula } from './formulas.js';
import {
  type Data,
  describe,
  entriesOf,
  type Given,
  type GivenEntry,
  isMap,
  itemsOf,
  leafText,
  spelled,
} from './given.js';
import { idProblem } from './ids.js';
import {
  makeBoolean,
  makeDate,
  makeDuration,
  makeNumber,
  makeSeed,
  makeSpan,
  makeText,
  wrongType,
} from './scalars.js';
import { inside } from './what.js';
import type { Coercion, Made } from './world.js';

const report = reporter({
  'param/unknown-field': '{what} has no field "{field}".',
  'param/missing-field': '{what} needs a field "{field}".',
  'param/length': '{what} must have {bound} items, found {found}.',
  'param/not-a-number': '{what} holds {found}: only finite numbers can be kept.',
  'param/id': '{what}: {why}',
  'param/other-kind': '{what} must be a spec of kind "{kind}", found one of kind "{found}".',
  'param/unknown-kind': '{what} wants a spec of kind "{kind}", which no plugin declares.',
});

/** The longest list a parameter may hold. */
const MAX_ITEMS = 100_000;

/**
 * Bring a value into its final form: durations and dates as milliseconds, spans half-open, specs as objects, formulas as
 * canonical text, defaults filled in.
 * @param what  Names the value in messages, e.g. `"fdr" of stage "fold"`.
 * @returns     undefined when a problem was reported.
 */
export function coerce(
  given: Given,
  schema: ParamSchema,
  what: string,
  on: Coercion,
): Json | undefined {
  return make(given, schema, what, on)?.json;
}

/** As `coerce`, with the formula where the value is one. */
export function make(
  given: Given,
  schema: ParamSchema,
  what: string,
  on: Coercion,
): Made | undefined {
  const type = schema['x-dag'];
  switch (type.as) {
    case 'number':
    case 'integer':
      return makeNumber(given, type, what, on);
    case 'text':
      return makeText(given, type, what, on);
    case 'boolean':
      return makeBoolean(given, what, on);
    case 'duration':
      return makeDuration(given, what, on);
    case 'date':
      return makeDate(given, what, on);
    case 'span':
      return makeSpan(given, what, on);
    case 'folder':
      return makeFolder(given, what, on);
    case 'seed':
      return makeSeed(given, what, on);
    case 'column':
      return makeText(given, { as: 'text' }, what, on);
    case 'columns':
      return makeList(given, COLUMNS, what, on);
    case 'formula':
      return makeFormula(given, what, on);
    case 'optional':
      return make(given, type.of, what, on);
    default:
      return makeComposite(given, type, what, on);
  }
}

type Composite = Extract<ParamType, { as: 'list' | 'map' | 'record' | 'spec' | 'json' }>;
type ListType = Extract<ParamType, { as: 'list' }>;
type MapType = Extract<ParamType, { as: 'map' }>;
const COLUMNS: ListType = { as: 'list', of: { 'x-dag': { as: 'text' } } };

function makeComposite(given: Given, type: Composite | ParamType, what: string, on: Coercion) {
  switch (type.as) {
    case 'list':
      return makeList(given, type, what, on);
    case 'map':
      return makeMap(given, type, what, on);
    case 'record':
      return makeRecord(given, type.fields, what, on);
    case 'spec':
      return makeSpec(given, type.kind, what, on);
    default:
      return makeJson(given, what, on);
  }
}

/** A formula is kept as canonical text; its tree stays beside it for later checks. */
function makeFormula(given: Given, what: string, on: Coercion): Made | undefined {
  const formula = readFormula(given, on.constants, what, on.problems);
  return formula && { json: formula.text, formula };
}

function makeList(given: Given, type: ListType, what: string, on: Coercion): Made | undefined {
  const value = given.kind === 'words' ? split(given, type) : given;
  const many = type.of['x-dag'].as === 'spec' ? severalSpecs(value, type.of, what, on) : undefined;
  if (many) return many === 'failed' ? undefined : within(many, given, type, what, on);
  const items = itemsOf(value);
  if (!items) return wrongType(given, 'a list', what, on, listHint(given));
  if (items.length > MAX_ITEMS) return tooMany(items.length, given, what, on);
  const expanded = items.map((item, i) => {
    const name = inside(what, `[${i}]`);
    if (type.of['x-dag'].as !== 'spec') return [make(item, type.of, name, on)];
    const specs = severalSpecs(item, type.of, name, on);
    if (specs === 'failed') return [undefined];
    return specs ? specs.map((json): Made => ({ json })) : [make(item, type.of, name, on)];
  });
  const made = expanded.flat();
  const known = made.filter((m) => m !== undefined);
  if (known.length < made.length) return undefined;
  const json = known.map((m) => m.json);
  known.forEach((m, i) => {
    if (m.formula) rememberFormula(json, String(i), m.formula);
  });
  return within(json, given, type, what, on);
}

function within(
  json: readonly Json[],
  given: Given,
  type: ListType,
  what: string,
  on: Coercion,
): Made | undefined {
  const short = type.min !== undefined && json.length < type.min;
  if (!short && (type.max === undefined || json.length <= type.max)) return { json };
  const bound = short ? `at least ${type.min}` : `at most ${type.max}`;
  on.problems.add(report('param/length', given.place, { what, bound, found: json.length }));
  return undefined;
}

function tooMany(found: number, given: Given, what: string, on: Coercion): undefined {
  on.problems.add(
    report('param/length', given.place, { what, bound: `at most ${MAX_ITEMS}`, found }),
  );
  return undefined;
}

/** Specs named by a glob, or all instances of a spec with `foreach`; undefined where the value names no such thing. */
function severalSpecs(given: Given, of: ParamSchema, what: string, on: Coercion) {
  const type = of['x-dag'];
  const name = given.kind === 'data' ? given.json : leafText(given);
  if (type.as !== 'spec' || typeof name !== 'string') return undefined;
  const kind = kindCalled(type.kind, given, what, on);
  if (!kind || kind.folder === '') return kind ? undefined : 'failed';
  return on.world.specs(kind, name, given.place, on.problems) ?? 'failed';
}

/** `a,b,c` on the command line is a list; so is `[a, b, c]`. */
function split(given: Given & { kind: 'words' }, type: ListType): Given {
  const { text, place } = given;
  if (/^\s*\[/.test(text) || ['list', 'record', 'map', 'span'].includes(type.of['x-dag'].as)) {
    return spelled(given) ?? given;
  }
  let offset = 0;
  const items = text.split(',').map((part): Given => {
    const start = offset + (part.length - part.trimStart().length);
    offset += part.length + 1;
    const col = place.col + start;
    const length = Math.max(1, part.trim().length);
    return { kind: 'words', text: part.trim(), place: { ...place, col, length } };
  });
  return { kind: 'list', items: text.trim() === '' ? [] : items, place };
}

function listHint(given: Given): string | undefined {
  return given.kind === 'scalar' && given.value !== null
    ? `write [${String(given.value)}]`
    : undefined;
}

function makeMap(given: Given, type: MapType, what: string, on: Coercion): Made | undefined {
  const entries = entriesOf(mapOf(given));
  if (!entries) return wrongType(given, 'a map', what, on);
  return assemble(
    entries.map((e) => [e.key, make(e.value, type.of, inside(what, `.${e.key}`), on)]),
  );
}

/** A map with declared fields: unknown ones are problems, absent ones take their default. */
export function makeRecord(
  given: Given,
  fields: ParamSpecs,
  what: string,
  on: Coercion,
): Made | undefined {
  const entries = entriesOf(mapOf(given));
  if (!entries) return wrongType(given, 'a map', what, on);
  return assemble(fieldsOf(entries, fields, given, what, on));
}

type Fields = readonly (readonly [string, Made | undefined])[];

/** The declared fields that are given or have a default; a field with a problem is undefined. */
export function fieldsOf(
  entries: readonly GivenEntry[],
  fields: ParamSpecs,
  owner: Given,
  what: string,
  on: Coercion,
): Fields {
  const found: [string, Made | undefined][] = [];
  const legal = Object.keys(fields);
  const absent = new Set(legal);
  for (const { key, keyPlace, value } of entries) {
    const schema = Object.hasOwn(fields, key) ? fields[key] : undefined;
    absent.delete(key);
    if (schema) {
      found.push([key, make(value, schema, inside(what, `.${key}`), on)]);
      continue;
    }
    if (owner.kind === 'data' && owner.row) continue;
    const hint = suggestion(key, legal);
    on.problems.add(report('param/unknown-field', keyPlace, { what, field: key, legal }, { hint }));
    found.push([key, undefined]);
  }
  for (const field of absent) {
    const schema = fields[field];
    if (!schema || schema['x-dag'].as === 'optional') continue;
    found.push([field, defaultOf(schema, field, owner, what, on)]);
  }
  return found;
}

function defaultOf(schema: ParamSchema, field: string, owner: Given, what: string, on: Coercion) {
  if (schema.default === undefined) {
    on.problems.add(report('param/missing-field', owner.place, { what, field }));
    return undefined;
  }
  const data: Data = { kind: 'data', json: schema.default, place: owner.place };
  return make(data, schema, inside(what, `.${field}`), on);
}

/** An object from its parts; undefined if one of them had a problem. */
export function assemble(parts: Fields): Made | undefined {
  const json: Record<string, Json> = {};
  for (const [key, made] of parts) {
    if (made) json[key] = made.json;
  }
  for (const [key, made] of parts) {
    if (!made) return undefined;
    if (made.formula) rememberFormula(json, key, made.formula);
  }
  return { json };
}

function makeSpec(given: Given, name: string, what: string, on: Coercion): Made | undefined {
  const kind = kindCalled(name, given, what, on);
  if (!kind) return undefined;
  if (kind.folder === '') return makeInline(given, kind, what, on);
  const json = given.kind === 'data' ? given.json : leafText(given);
  if (typeof json === 'string') {
    const spec = on.world.spec(kind, json, given.place, on.problems);
    return spec && { json: spec };
  }
  const found = isMap(json) ? on.world.kindOf(json) : undefined;
  if (json !== undefined && found === kind.kind) return { json };
  if (found !== undefined) {
    on.problems.add(report('param/other-kind', given.place, { what, kind: kind.kind, found }));
    return undefined;
  }
  return wrongType(given, `the id or path of a spec of kind "${kind.kind}"`, what, on);
}

function kindCalled(name: string, given: Given, what: string, on: Coercion): KindEntry | undefined {
  const { kinds } = on.world;
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (!kind) {
    const hint = suggestion(name, Object.keys(kinds));
    on.problems.add(report('param/unknown-kind', given.place, { what, kind: name }, { hint }));
  }
  return kind;
}

/** A record of a kind without folder: an `id` and the kind's fields. */
function makeInline(given: Given, kind: KindEntry, what: string, on: Coercion): Made | undefined {
  const value = mapOf(given);
  const entries = entriesOf(value);
  if (!entries) return wrongType(given, `a map with the fields of a ${kind.kind}`, what, on);
  const telling = entries.filter(
    ({ key }) => Object.hasOwn(kind.fields, key) || !DESCRIPTIVE.some((d) => d === key),
  );
  const fields = { id: ID, ...kind.fields };
  const made = assemble(fieldsOf(telling, fields, value, what, on));
  const id = made && isMap(made.json) ? made.json.id : undefined;
  const why = typeof id === 'string' ? idProblem(id) : undefined;
  if (why === undefined) return made;
  on.problems.add(report('param/id', given.place, { what, why, id }));
  return undefined;
}
const ID: ParamSchema = { 'x-dag': { as: 'text' } };

/** Plain data of any form; the command line may spell it as YAML. */
function makeJson(given: Given, what: string, on: Coercion): Made | undefined {
  const value = given.kind === 'words' ? (spelled(given) ?? given) : given;
  if (value.kind === 'words') return { json: value.text };
  const items = itemsOf(value);
  if (items) {
    const made = items.map((item, i) => makeJson(item, inside(what, `[${i}]`), on));
    const json = made.flatMap((m) => (m ? [m.json] : []));
    return json.length === made.length ? { json } : undefined;
  }
  const entries = entriesOf(value);
  if (entries)
    return assemble(entries.map((e) => [e.key, makeJson(e.value, inside(what, `.${e.key}`), on)]));
  const json = value.kind === 'scalar' ? value.value : value.kind === 'data' ? value.json : null;
  if (typeof json !== 'number' || Number.isFinite(json)) return { json };
  on.problems.add(report('param/not-a-number', value.place, { what, found: describe(value) }));
  return undefined;
}

function mapOf(given: Given): Given {
  return given.kind === 'words' ? (spelled(given) ?? given) : given;
}
