import { hash } from 'node:crypto';
import type { Json, JsonObject } from '../diag/data.js';
import { canonical } from '../yaml/canonical.js';

/** What stands before the first line of every chain. */
export const GENESIS = '0'.repeat(64);

/** A record and its place in a chain. */
export interface Chained extends JsonObject {
  readonly prev_hash: string;
  readonly hash: string;
}

/** Count of lines and hash of the last one: kept outside the chain's file, so that a cut tail is visible. */
export interface Checkpoint extends JsonObject {
  readonly count: number;
  readonly head: string;
}

/** Where a chain stops being what was written. */
export interface Break {
  /** Index of the first line that is wrong. */
  readonly index: number;
  readonly why: 'not-json' | 'order' | 'content' | 'truncated';
}

export interface Verdict extends Checkpoint {
  readonly broken: (Break & JsonObject) | null;
}

/**
 * Chain a record to the one before: `hash` = SHA-256 of its canonical JSON (RFC 8785) with `prev_hash` and without `hash`.
 * Numbers that JSON lacks become null.
 */
export function chain(record: JsonObject, previous: string): Chained {
  const { hash: _hash, ...rest } = finite(record);
  const linked = { ...rest, prev_hash: previous };
  return { ...linked, hash: sha256(canonical(linked)) };
}

/** What the chain says of an item that was executed. */
export interface ItemRecord {
  readonly ts: string;
  readonly item: string;
  readonly key: string | null;
  readonly outcome: string;
  /** Digest of what came out of it. */
  readonly outputs: string | null;
}

/**
 * The line that `chain` would make of an executed item, and its hash: a run writes thousands of them, so this one is put together
 * without going through a record.
 */
export function itemLine(
  { ts, item, key, outcome, outputs }: ItemRecord,
  previous: string,
): { readonly text: string; readonly hash: string } {
  const fields =
    `"item":${JSON.stringify(item)},"key":${textOrNull(key)},"outcome":"${outcome}",` +
    `"outputs":${textOrNull(outputs)},"prev_hash":"${previous}","ts":"${ts}","type":"item"}`;
  const digest = sha256(`{${fields}`);
  return { text: `{"hash":"${digest}",${fields}`, hash: digest };
}

function textOrNull(text: string | null): string {
  return text === null ? 'null' : `"${text}"`;
}

/**
 * Read a chain through.
 * @param lines       one canonical record each, oldest first.
 * @param checkpoint  what is known of the chain from elsewhere.
 */
export function verify(lines: readonly string[], checkpoint?: Checkpoint): Verdict {
  let head = GENESIS;
  for (const [index, line] of lines.entries()) {
    const record = parse(line);
    const why = record === undefined ? 'not-json' : flaw(record, head);
    if (why) return { count: lines.length, head, broken: { index, why } };
    head = hashOf(record);
    if (checkpoint?.count === index + 1 && checkpoint.head !== head) {
      return { count: lines.length, head, broken: { index, why: 'content' } };
    }
  }
  const short = checkpoint !== undefined && checkpoint.count > lines.length;
  return {
    count: lines.length,
    head,
    broken: short ? { index: lines.length, why: 'truncated' } : null,
  };
}

function flaw(record: JsonObject, head: string): 'order' | 'content' | undefined {
  if (record.prev_hash !== head) return 'order';
  return chain(record, head).hash === record.hash ? undefined : 'content';
}

function hashOf(record: JsonObject | undefined): string {
  return typeof record?.hash === 'string' ? record.hash : '';
}

function parse(line: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined; // a line that is no JSON is a finding, told by the caller
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function finite(record: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, clean(value)]));
}

function clean(value: Json): Json {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(clean);
  return isObject(value) ? finite(value) : value;
}

function sha256(text: string): string {
  return hash('sha256', text);
}
