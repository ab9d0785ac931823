import type { Json, JsonObject } from './value.js';

/** Columns up to which a list of scalars stands on one line. */
const WIDTH = 100;

/** Text that needs no quotes in block style: it starts with a letter, `_`, `$` or `(`, or is a date, and is plain ASCII. */
const PLAIN = /^(?:[A-Za-z_$(][\x20-\x7e]*|\d{4}-\d\d-\d\d)$/;
/** What YAML would read as something else, or cut. */
const SPECIAL = /^(?:null|true|false)$|: |:$| #| $/i;
/** What brackets would split. */
const SPLITS = /[,[\]{}():]/;
const UNQUOTED_KEY = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
/** What must not stand in a file as it is, in spite of JSON allowing it. */
const ESCAPED = /[\p{Cc}\p{Zl}\p{Zp}\ufeff]/gu;

/**
 * The YAML of a value in block style, for generated specs: parsing gives the value back (minus zero comes back as zero).
 * @throws TypeError for what our YAML cannot hold: ±∞, half a surrogate pair, a reserved key, a key over 1,000 characters.
 */
export function printYaml(json: Json): string {
  if (isList(json) && json.length > 0 && !inline(json, 0)) return `${items(json, 0).join('\n')}\n`;
  if (isMap(json) && Object.keys(json).length > 0) return `${entries(json, 0).join('\n')}\n`;
  return `${leaf(json, 0) ?? ''}\n`;
}

/** The lines of a map; the first one without its indentation is what follows `- `. */
function entries(map: JsonObject, indent: number): readonly string[] {
  return Object.entries(map).flatMap(([key, value]) => {
    const head = `${' '.repeat(indent)}${name(key)}:`;
    const one = leaf(value, head.length + 1);
    if (one !== undefined) return [`${head} ${one}`];
    return [head, ...block(value, indent + 2)];
  });
}

function items(list: readonly Json[], indent: number): readonly string[] {
  const dash = `${' '.repeat(indent)}- `;
  return list.flatMap((value) => {
    const one = leaf(value, dash.length);
    if (one !== undefined) return [dash + one];
    const [first = '', ...rest] = block(value, indent + 2);
    return [dash + first.slice(indent + 2), ...rest];
  });
}

function block(value: Json, indent: number): readonly string[] {
  if (isList(value)) return items(value, indent);
  return isMap(value) ? entries(value, indent) : [];
}

/** What fits on the line of its key: a scalar, something empty, or a short list of scalars. */
function leaf(value: Json, column: number): string | undefined {
  if (isList(value)) return inline(value, column);
  if (isMap(value)) return Object.keys(value).length === 0 ? '{}' : undefined;
  return scalar(value, false);
}

function inline(list: readonly Json[], column: number): string | undefined {
  const parts: string[] = [];
  for (const item of list) {
    if (typeof item === 'object' && item !== null) return undefined;
    parts.push(scalar(item, true));
  }
  const text = `[${parts.join(', ')}]`;
  return column + text.length <= WIDTH ? text : undefined;
}

function scalar(value: null | boolean | number | string, inBrackets: boolean): string {
  if (typeof value === 'number') return number(value);
  if (typeof value !== 'string') return String(value);
  const plain = PLAIN.test(value) && !SPECIAL.test(value);
  return plain && !(inBrackets && SPLITS.test(value)) ? value : quoted(value);
}

function number(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) throw new TypeError(`YAML cannot hold ${value}.`);
  // Integers that a number holds only roughly are written with an exponent, as the parser demands.
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return value.toExponential();
  return String(value);
}

function name(key: string): string {
  if (key === '__proto__' || key === 'constructor' || key === 'prototype') {
    throw new TypeError(`YAML cannot hold the key "${key}".`);
  }
  const text = UNQUOTED_KEY.test(key) && !SPECIAL.test(key) ? key : quoted(key);
  if (text.length > 1000) throw new TypeError('YAML cannot hold a key over 1,000 characters.');
  return text;
}

function quoted(text: string): string {
  if (/\p{Cs}/u.test(text)) throw new TypeError('YAML cannot hold half of a surrogate pair.');
  return JSON.stringify(text).replace(ESCAPED, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

function isMap(json: Json): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
