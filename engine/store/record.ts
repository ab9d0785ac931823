import type { Json, JsonObject } from '../diag/data.js';
import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { encodeHead } from './codecs/head.js';
import { type Key, sha256 } from './digest.js';
import type { ObjectStat } from './object.js';
import { digestOf, type Stored } from './stored.js';

/** What a warm run reads of a record: whose it is, and where its outputs are. */
export interface RecordHead {
  readonly key: Key;
  /** The item's name, e.g. `features@BTCUSDT`. */
  readonly item: string;
  /** The node type. */
  readonly node: string;
  /** When it was written, ISO 8601, UTC. */
  readonly at: string;
  /** By port. */
  readonly outputs: Readonly<Record<string, Stored>>;
  /** Every object of the outputs as it was when written. */
  readonly objects: readonly ObjectStat[];
  readonly warnings: readonly Json[];
  /** Digest of the contracts that the values at its ports were found to keep; absent where no port has one. */
  readonly held?: string;
}

/** What only `why`, `show` and reports read. */
export interface RecordTail {
  /** Everything the key is the hash of. */
  readonly preimage: JsonObject;
  readonly timings: Timings;
  /** The last lines the node logged. */
  readonly log: readonly string[];
}

/** Where an item's time went, milliseconds. */
export interface Timings {
  readonly queue: number;
  readonly hash: number;
  readonly read: number;
  readonly user: number;
  readonly write: number;
}

/** Key → outputs of one item, with what led to them. */
export interface RunRecord extends RecordHead, RecordTail {}

/** A record to be written; its preimage may be the JSON text that was hashed. */
export type NewRecord = Omit<RunRecord, 'preimage'> & { readonly preimage: JsonObject | string };

const report = reporter({
  'store/bad-record': 'The record of {item} cannot be written: {reason}.',
});

/** The two lines of a record: head and tail. @throws store/bad-record */
export function encodeRecord(record: NewRecord): { readonly head: Buffer; readonly tail: Buffer } {
  const { item, at, preimage, timings, log } = record;
  if (Number.isNaN(Date.parse(at))) {
    refuse(report('store/bad-record', undefined, { item, reason: `${at} is no time` }));
  }
  const made = typeof preimage === 'string' ? preimage : JSON.stringify(preimage);
  const tail = `{"preimage":${made},"timings":${JSON.stringify(timings)},"log":${JSON.stringify(log)}}`;
  return { head: line(encodeHead(record)), tail: line(tail) };
}

const BEYOND_ASCII = /[^ -~]/;
const BEYOND_ASCII_ALL = /[^ -~]/g;

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Records are ASCII, so that characters are bytes and a segment can be cut as one text. */
function line(json: string): Buffer {
  const ascii = BEYOND_ASCII.test(json) ? json.replace(BEYOND_ASCII_ALL, escaped) : json;
  return Buffer.from(`${ascii}\n`, 'latin1');
}

/** The tail that a text holds. The text passed its checksum, so it is one that `encodeRecord` wrote. */
export function decodeTail(text: string): RecordTail {
  return JSON.parse(text);
}

/** One digest of all outputs, whole: two records of a key that differ in it show a node that is not deterministic. */
export function outputsDigest(outputs: Readonly<Record<string, Stored>>): string {
  const ports = Object.entries(outputs).map(
    ([port, stored]) => `${JSON.stringify(port)} ${digestOf(stored)}`,
  );
  return sha256(ports.sort().join('\n'));
}
