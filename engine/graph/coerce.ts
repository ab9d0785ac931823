import { reporter } from '../diag/diagnostic.js';
import { suggestion } from '../diag/suggest.js';
import type { KindEntry } from '../sdk/catalogue.js';
import { DESCRIPTIVE } from '../sdk/kind.js';
import type { ParamSchema, ParamSpecs, ParamType } from '../sdk/params.js';
import type { Json } from '../yaml/value.js';
import { assemble, type Fields, makeJson, written } from './data.js';
import { makeFolder } from './folders.js';
import { readFormula, rememberFormula } from './formulas.js';
import { type Data, entriesOf, type Given, type GivenEntry, isMap } from './given.js';
import { idProblem } from './ids.js';
import { counted, itemsWithin, type ListType, listOf } from './lists.js';
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
import { kindCalled, oneSpec, severalSpecs } from './spec-values.js';
import { inside } from './what.js';
import type { Coercion, Made } from './world.js';

const report = reporter({
  'param/unknown-field': '{what} has no field "{field}".',
  'param/missing-field': '{what} needs {fields}.',
  'param/id': '{what}: {why}',
});

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
    case 'id':
      return makeId(given, type.kind, what, on);
    case 'optional':
      return make(given, type.of, what, on);
    default:
      return makeComposite(given, type, what, on);
  }
}

type Composite = Extract<ParamType, { as: 'list' | 'map' | 'record' | 'spec' | 'json' }>;
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
  const formula = readFormula(given, on.constants, what, on.problems, on.leaves);
  return formula && { json: formula.text, formula };
}

function makeList(given: Given, type: ListType, what: string, on: Coercion): Made | undefined {
  const value = listOf(given, type);
  const many = type.of['x-dag'].as === 'spec' ? severalSpecs(value, type.of, what, on) : undefined;
  if (many) return many === 'failed' ? undefined : counted(many, given, type, what, on);
  const items = itemsWithin(value, given, what, on);
  if (!items) return undefined;
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
  return counted(json, given, type, what, on);
}

function makeMap(given: Given, type: MapType, what: string, on: Coercion): Made | undefined {
  const entries = entriesOf(written(given));
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
  const entries = entriesOf(written(given));
  if (!entries) return wrongType(given, 'a map', what, on);
  return assemble(fieldsOf(entries, fields, given, what, on));
}

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
  return [...found, ...absentFields(absent, fields, owner, what, on)];
}

/** The defaults of fields that are not given; those that have none are told together. */
function absentFields(
  absent: ReadonlySet<string>,
  fields: ParamSpecs,
  owner: Given,
  what: string,
  on: Coercion,
): Fields {
  const wanted = [...absent].flatMap((field) => {
    const schema = fields[field];
    return schema && schema['x-dag'].as !== 'optional' ? [{ field, schema }] : [];
  });
  const missing = wanted.filter((w) => w.schema.default === undefined).map((w) => w.field);
  if (missing.length > 0) {
    const names = missing.map((field) => `"${field}"`).join(', ');
    const facts = {
      what,
      missing,
      fields: `${missing.length > 1 ? 'fields' : 'a field'} ${names}`,
    };
    on.problems.add(report('param/missing-field', owner.place, facts));
  }
  return wanted.map(({ field, schema }) => [field, defaultOf(schema, field, owner, what, on)]);
}

function defaultOf(schema: ParamSchema, field: string, owner: Given, what: string, on: Coercion) {
  if (schema.default === undefined) return undefined;
  const data: Data = { kind: 'data', json: schema.default, place: owner.place };
  return make(data, schema, inside(what, `.${field}`), on);
}

function makeSpec(given: Given, name: string, what: string, on: Coercion): Made | undefined {
  const kind = kindCalled(name, given, what, on);
  if (!kind) return undefined;
  if (kind.folder === '') return makeInline(given, kind, what, on);
  const json = oneSpec(given, kind, what, on);
  return json && { json };
}

/** The id of a spec that exists; the id is the value. */
function makeId(given: Given, name: string, what: string, on: Coercion): Made | undefined {
  const kind = kindCalled(name, given, what, on);
  const made = makeText(given, { as: 'text' }, what, on);
  if (!kind || typeof made?.json !== 'string') return undefined;
  return on.world.exists(kind, made.json, given.place, on.problems) ? made : undefined;
}

/** A record of a kind without folder: an `id` and the kind's fields. */
function makeInline(given: Given, kind: KindEntry, what: string, on: Coercion): Made | undefined {
  const value = written(given);
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
