import type { Ajv, ErrorObject, ValidateFunction } from 'ajv';
import { suggestion } from '../diag/suggest.js';
import type { Json, JsonObject } from '../yaml/value.js';

/** Tells what keeps a value from satisfying a JSON Schema, one sentence a problem. */
export type Validate = (schema: JsonObject, value: Json) => readonly string[];

const compiled = new WeakMap<JsonObject, ValidateFunction>();
let ajv: Ajv | undefined;

/** The validator of this thread; its library is loaded by the first item that hands over data with a schema. */
export async function loadValidator(): Promise<Validate> {
  if (!ajv) {
    const library = await import('ajv');
    ajv = new library.Ajv({ allErrors: true, strict: false, verbose: true });
  }
  const loaded = ajv;
  return (schema, value) => {
    let check = compiled.get(schema);
    if (!check) {
      check = loaded.compile(schema);
      compiled.set(schema, check);
    }
    if (check(value)) return [];
    return (check.errors ?? []).map(sentence);
  };
}

/** What is wrong and where; of a field nobody knows its name, and the one that may have been meant. */
function sentence(error: ErrorObject): string {
  const { instancePath, message, keyword, params, parentSchema } = error;
  const told = `${instancePath || 'the value'} ${message ?? keyword}`;
  const allowed: unknown = params.allowedValues ?? params.allowedValue;
  if (allowed !== undefined) return `${told}: ${JSON.stringify(allowed)}`;
  const field: unknown = params.additionalProperty;
  if (typeof field !== 'string') return told;
  const hint = suggestion(field, Object.keys(parentSchema?.properties ?? {}));
  return `${told}: "${field}"${hint === undefined ? '' : ` (${hint})`}`;
}
