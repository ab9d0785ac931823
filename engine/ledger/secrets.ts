import type { Json, JsonObject } from '../diag/data.js';

/** What stands where a secret stood. */
export const HIDDEN = '(hidden)';

const SECRET_NAME = /secret|token|passw|passphrase|credential|private_?key|api_?key|auth(?!or)/i;
const LOGIN_IN_URL = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;
const SECRET_IN_URL =
  /([?&](?:[a-z0-9_-]*(?:secret|token|passw|key|sig|auth)[a-z0-9_-]*)=)[^&\s]+/gi;

/** The same data without values whose names tell a secret, and without logins and tokens in addresses. */
export function redact(value: Json): Json {
  if (typeof value === 'string') {
    return value.replace(LOGIN_IN_URL, `$1${HIDDEN}@`).replace(SECRET_IN_URL, `$1${HIDDEN}`);
  }
  if (Array.isArray(value)) return value.map(redact);
  return isObject(value) ? redactObject(value) : value;
}

export function redactObject(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      hides(name, inner) ? HIDDEN : redact(inner),
    ]),
  );
}

function hides(name: string, value: Json): boolean {
  return value !== null && typeof value !== 'boolean' && SECRET_NAME.test(name);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
