import type { Json, JsonObject } from './value.js';

/**
 * The one text of a JSON value (RFC 8785): keys sorted by UTF-16 code units, no white space, ECMAScript numbers, minus zero as 0.
 * Keys and digests are made of it, so equal values give equal bytes on every machine.
 * @throws TypeError when JSON cannot hold the value: NaN, ±∞, undefined, half a surrogate pair, anything but plain data.
 */
export function canonical(json: Json): string {
  const text = write(json);
  // `JSON.stringify` escapes halves of pairs; the same letters may also follow an escaped backslash.
  if (text.includes('\\ud') && /(?<!\\)(?:\\\\)*\\ud/.test(text)) {
    throw new TypeError('Canonical JSON cannot hold half of a surrogate pair.');
  }
  return text;
}

function write(json: Json): string {
  if (typeof json === 'string') return JSON.stringify(json);
  if (typeof json === 'number') return number(json);
  if (json === null) return 'null';
  if (typeof json === 'boolean') return json ? 'true' : 'false';
  if (isList(json)) return list(json);
  if (typeof json === 'object') return object(json);
  throw unfit(json);
}

function number(value: number): string {
  if (Number.isFinite(value)) return String(value);
  throw new TypeError(`Canonical JSON cannot hold ${value}.`);
}

function list(items: readonly Json[]): string {
  let out = '[';
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (item === undefined) throw unfit(item);
    out += i === 0 ? write(item) : `,${write(item)}`;
  }
  return `${out}]`;
}

function object(value: JsonObject): string {
  if (!isPlain(value)) throw unfit(value);
  let out = '{';
  // The default order of `sort` is by UTF-16 code units.
  for (const key of Object.keys(value).sort()) {
    const item = value[key];
    if (item === undefined) throw new TypeError(`Canonical JSON: "${key}" is undefined.`);
    out += `${out === '{' ? '' : ','}${JSON.stringify(key)}:${write(item)}`;
  }
  return `${out}}`;
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

/** An object literal of any realm: a Map, Date or typed array would quietly lose its content. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function unfit(value: unknown): TypeError {
  return new TypeError(`Canonical JSON cannot hold ${Object.prototype.toString.call(value)}.`);
}
