import { hash } from 'node:crypto';
import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';

declare const brand: unique symbol;

/** The SHA-256 of an object's bytes, 64 lower-case hexadecimal digits. */
export type ObjectHash = string & { readonly [brand]: 'object' };
/** The SHA-256 of everything that can matter to an item, 64 lower-case hexadecimal digits. */
export type Key = string & { readonly [brand]: 'key' };

const report = reporter({
  'store/bad-hash': '{found} is no SHA-256: 64 digits 0–9 a–f are expected.',
});

/** The SHA-256 of some bytes, or of a text in UTF-8. */
export function sha256(data: Uint8Array | string): ObjectHash {
  // What the function gives needs no check that it is one.
  return hash('sha256', data) as ObjectHash;
}

/** A text as the hash of an object. @throws store/bad-hash */
export function objectHash(text: string): ObjectHash {
  return isObjectHash(text) ? text : refuse(report('store/bad-hash', undefined, { found: text }));
}

/** A text as the key of an item. @throws store/bad-hash */
export function keyOf(text: string): Key {
  return isKey(text) ? text : refuse(report('store/bad-hash', undefined, { found: text }));
}

export function isObjectHash(text: unknown): text is ObjectHash {
  return isHex(text);
}

export function isKey(text: unknown): text is Key {
  return isHex(text);
}

function isHex(text: unknown): boolean {
  return typeof text === 'string' && text.length === 64 && /^[0-9a-f]+$/.test(text);
}
