import type { Place } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { parseFormula } from '../expr/parse.js';
import type { Json, JsonObject } from '../yaml/value.js';
import type { Formula } from './formula.js';
import type { ParamSchema, ParamSpecs, ParamType } from './params.js';
import { samePlaces } from './places.js';

/** The formulas as authored of an object with formulas in it, by field: where the compiler still knows their places. */
export type FormulaPlaces = (owner: object) => (field: string) => Formula | undefined;

const NO_PLACES: FormulaPlaces = () => () => undefined;

/**
 * Turn a resolved parameter (plain data) into what `shape`, `reads` and `run` receive: formulas get their trees, specs
 * their `let`, whatever was left out is absent.
 * @param places  `formulaPlaces` while compiling, so that problems point at the YAML; a worker has none.
 */
export function revive(
  schema: ParamSchema,
  json: Json,
  places: FormulaPlaces = NO_PLACES,
): unknown {
  return value(schema['x-dag'], json, undefined, places);
}

/** @param authored  The formula as it stands in YAML, if it is known. */
function value(
  type: ParamType,
  json: Json,
  authored: Formula | undefined,
  places: FormulaPlaces,
): unknown {
  switch (type.as) {
    case 'optional':
      return value(type.of['x-dag'], json, authored, places);
    case 'formula':
      return authored ?? formulaOf(String(json));
    case 'list':
      return isList(json) ? list(type.of, json, places) : json;
    case 'map':
      return isMap(json) ? map(type.of, json, places) : json;
    case 'record':
      return isMap(json) ? record(type.fields, json, places) : json;
    case 'spec':
      return isMap(json) ? spec(type, json, places) : json;
    default:
      return json;
  }
}

function list(of: ParamSchema, items: readonly Json[], places: FormulaPlaces): readonly unknown[] {
  const at = places(items);
  return items.map((item, i) => value(of['x-dag'], item, at(String(i)), places));
}

function map(of: ParamSchema, fields: JsonObject, places: FormulaPlaces): unknown {
  const at = places(fields);
  const entries = Object.entries(fields);
  return Object.fromEntries(entries.map(([k, v]) => [k, value(of['x-dag'], v, at(k), places)]));
}

function record(specs: ParamSpecs, fields: JsonObject, places: FormulaPlaces): JsonLike {
  const at = places(fields);
  const entries = Object.entries(fields).map(([key, json]) => {
    const schema = Object.hasOwn(specs, key) ? specs[key] : undefined;
    return [key, schema ? value(schema['x-dag'], json, at(key), places) : json];
  });
  return Object.fromEntries(entries);
}
type JsonLike = Readonly<Record<string, unknown>>;

const FORMULA: ParamSchema = { 'x-dag': { as: 'formula' } };

function spec(
  type: Extract<ParamType, { as: 'spec' }>,
  fields: JsonObject,
  places: FormulaPlaces,
): unknown {
  const found = record(type.fields ?? {}, fields, places);
  const clauses = fields.let;
  const open = isMap(fields.open) ? { open: opened(fields.open) } : {};
  const revived = { ...found, let: isMap(clauses) ? map(FORMULA, clauses, places) : {}, ...open };
  samePlaces(fields, revived);
  return revived;
}

/** The formulas with one constant left open; nobody asks for their places. */
function opened(json: JsonObject): JsonLike {
  const formulas = (part: Json | undefined) => (isMap(part) ? map(FORMULA, part, NO_PLACES) : {});
  return { ...json, fields: formulas(json.fields), let: formulas(json.let) };
}

const parsed = new Map<string, Formula>();

/** A formula from its canonical text; places count characters of that text. */
function formulaOf(text: string): Formula {
  const known = parsed.get(text);
  if (known) return known;
  const locate = (offset: number, length: number): Place => {
    return { file: 'formula', line: 1, col: offset + 1, length: Math.max(1, length) };
  };
  const { tree, problems } = parseFormula(text, locate);
  if (!tree) return refuse(...problems);
  const formula = { text, tree, locate };
  parsed.set(text, formula);
  return formula;
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

function isMap(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
