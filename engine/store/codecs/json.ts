import type { Json } from '../../diag/data.js';
import { reporter } from '../../diag/diagnostic.js';
import { refuse } from '../../diag/refusal.js';

const report = reporter({
  'store/not-json':
    '{found} at {at} is no plain data: null, booleans, finite numbers, texts, lists and maps are.',
  'store/bad-text': 'The text at {at} holds half a character (a lone surrogate).',
  'store/too-deep': 'Data are nested deeper than {limit} levels.',
  'store/corrupt-json': 'Stored JSON cannot be read: {reason}.',
});

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Deep enough for any output, far from the end of the stack. */
const DEPTH = 500;

/**
 * The one text of plain data (RFC 8785): sorted keys, no spaces, shortest numbers. Members that are undefined are left out.
 * @throws store/not-json (NaN and ∞ too), store/bad-text, store/too-deep
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$', 0);
}

/** Canonical JSON as UTF-8. @throws as canonicalJson */
export function encodeJson(value: unknown): Uint8Array {
  return Buffer.from(canonicalJson(value), 'utf8');
}

/** Plain data from UTF-8. @throws store/corrupt-json */
export function decodeJson(bytes: Uint8Array): Json {
  try {
    return JSON.parse(UTF8.decode(Uint8Array.from(bytes)));
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : 'it is no UTF-8';
    return refuse(report('store/corrupt-json', undefined, { reason }));
  }
}

function write(value: unknown, at: string, depth: number): string {
  if (depth > DEPTH) refuse(report('store/too-deep', undefined, { limit: DEPTH }));
  switch (typeof value) {
    case 'string':
      return text(value, at);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      return Number.isFinite(value) ? JSON.stringify(value) : wrong(String(value), at);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? list(value, at, depth) : map(value, at, depth);
    default:
      return wrong(typeof value, at);
  }
}

function list(items: readonly unknown[], at: string, depth: number): string {
  return `[${items.map((item, i) => write(item, `${at}[${i}]`, depth + 1)).join(',')}]`;
}

function map(value: object, at: string, depth: number): string {
  if (!isPlain(value)) wrong(value.constructor?.name ?? 'an object', at);
  let out = '';
  for (const [key, member] of Object.entries(value).sort(byKey)) {
    if (member === undefined) continue;
    out += `${out === '' ? '' : ','}${text(key, at)}:${write(member, `${at}.${key}`, depth + 1)}`;
  }
  return `{${out}}`;
}

/** Maps, dates, frames and typed arrays have a meaning that JSON would lose without a word. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Code units, as RFC 8785 sorts. */
function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** JSON.stringify escapes lone surrogates as \ud…; only then is a closer look needed. */
function text(value: string, at: string): string {
  const json = JSON.stringify(value);
  if (json.includes('\\ud') && /\p{Cs}/u.test(value))
    refuse(report('store/bad-text', undefined, { at }));
  return json;
}

function wrong(found: string, at: string): never {
  return refuse(report('store/not-json', undefined, { found, at }));
}
