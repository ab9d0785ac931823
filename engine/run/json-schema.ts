import { Ajv, type ValidateFunction } from 'ajv';
import type { Json, JsonObject } from '../yaml/value.js';

const ajv = new Ajv({ allErrors: true, strict: false });
const compiled = new WeakMap<JsonObject, ValidateFunction>();

/** What keeps a value from satisfying a JSON Schema, one sentence a problem. */
export function validate(schema: JsonObject, value: Json): readonly string[] {
  let check = compiled.get(schema);
  if (!check) {
    check = ajv.compile(schema);
    compiled.set(schema, check);
  }
  if (check(value)) return [];
  return (check.errors ?? []).map(
    (e) => `${e.instancePath || 'the value'} ${e.message ?? e.keyword}`,
  );
}
