import type { Ajv, ValidateFunction } from 'ajv';
import type { Json, JsonObject } from '../yaml/value.js';

/** Tells what keeps a value from satisfying a JSON Schema, one sentence a problem. */
export type Validate = (schema: JsonObject, value: Json) => readonly string[];

const compiled = new WeakMap<JsonObject, ValidateFunction>();
let ajv: Ajv | undefined;

/** The validator of this thread; its library is loaded by the first item that hands over data with a schema. */
export async function loadValidator(): Promise<Validate> {
  if (!ajv) {
    const library = await import('ajv');
    ajv = new library.Ajv({ allErrors: true, strict: false });
  }
  const loaded = ajv;
  return (schema, value) => {
    let check = compiled.get(schema);
    if (!check) {
      check = loaded.compile(schema);
      compiled.set(schema, check);
    }
    if (check(value)) return [];
    return (check.errors ?? []).map(
      (e) => `${e.instancePath || 'the value'} ${e.message ?? e.keyword}`,
    );
  };
}
