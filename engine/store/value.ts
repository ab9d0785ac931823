import type { Json } from '../diag/data.js';
import { reporter } from '../diag/diagnostic.js';
import { Refusal, refuse } from '../diag/refusal.js';
import { unreachable } from '../diag/unreachable.js';
import type { Column } from '../frame/column.js';
import { type Entry, Frame, isFrame } from '../frame/frame.js';
import { decodeColumn, encodeColumn } from './codecs/column.js';
import { canonicalJson, decodeJson } from './codecs/json.js';
import { type ObjectHash, sha256 } from './digest.js';
import type { Lost, ObjectRead, Objects } from './object.js';
import { chosen, type Scalar, type Stored, type StoredFrame, type StoredJson } from './stored.js';

/** A file or model as a node sees it. */
export interface FileValue {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export type Value = Frame | Json | FileValue;
export type ValueKind = Stored['kind'];

/** A value, or every object that is missing or corrupt: the engine makes those again. */
export type ValueRead =
  | { readonly state: 'ok'; readonly value: Value }
  | { readonly state: 'lost'; readonly objects: readonly Lost[] };

/** Plain data of up to this many bytes stand in the record. */
export const INLINE_BYTES = 4096;

const report = reporter({
  'store/wrong-kind': 'A {kind} is expected, not {found}.',
  'store/column': 'Column {column}: {reason}',
});

/**
 * Store an output and tell where it is.
 * @throws store/wrong-kind when the value does not fit; store/infinite, store/bad-time … with the column; store/disk-full …
 */
export function writeValue(objects: Objects, kind: ValueKind, value: unknown): Stored {
  switch (kind) {
    case 'frame':
      return isFrame(value) ? writeFrame(objects, value) : wrong(kind, value);
    case 'json':
      return writeJson(objects, value);
    case 'scalar':
      return isScalar(value) ? { kind, value: storable(value) } : wrong(kind, value);
    case 'file':
    case 'model': {
      if (!isFile(value)) return wrong(kind, value);
      const { name, bytes } = value;
      return { kind, object: objects.put(bytes), name, bytes: bytes.length };
    }
    default:
      return unreachable(kind);
  }
}

/**
 * Read an output back.
 * @param columns  Frames: only these, in this order; no other object is opened.
 * @throws store/no-column
 */
export function readValue(
  objects: Objects,
  stored: Stored,
  columns?: readonly string[],
): ValueRead {
  switch (stored.kind) {
    case 'frame':
      return readFrame(objects, stored, columns);
    case 'json': {
      if (stored.inline !== undefined) return { state: 'ok', value: stored.inline };
      return onRead(objects.read(stored.object), decodeJson);
    }
    case 'scalar':
      return { state: 'ok', value: stored.value };
    case 'file':
    case 'model':
      return onRead(objects.read(stored.object), (bytes) => ({ name: stored.name, bytes }));
    default:
      return unreachable(stored);
  }
}

/**
 * A frame from its columns' objects, however they are read: from disk or from shared memory.
 * @param column  The column of an object, or why it cannot be had.
 */
export function assemble(
  stored: StoredFrame,
  names: readonly string[] | undefined,
  column: (object: ObjectHash) => Column | Lost,
): ValueRead {
  const lost = new Map<ObjectHash, Lost>();
  const entries: Entry[] = [];
  const read = new Map<ObjectHash, Column | Lost>();
  for (const { name, unit, object } of chosen(stored, names)) {
    const found = read.get(object) ?? column(object);
    read.set(object, found);
    if ('state' in found) lost.set(object, found);
    else entries.push({ name, unit, column: found });
  }
  if (lost.size > 0) return { state: 'lost', objects: [...lost.values()] };
  return { state: 'ok', value: Frame.from(entries, stored.rows) };
}

function readFrame(objects: Objects, stored: StoredFrame, names?: readonly string[]): ValueRead {
  return assemble(stored, names, (object) => {
    const read = objects.read(object);
    return read.state === 'ok' ? decodeColumn(read.bytes) : read;
  });
}

function writeFrame(objects: Objects, frame: Frame): StoredFrame {
  const columns = frame.fields.map(({ name, dtype, unit }) => {
    const object = objects.put(encodeNamed(name, frame.get(name)));
    return unit === undefined ? { name, dtype, object } : { name, dtype, unit, object };
  });
  return { kind: 'frame', rows: frame.length, columns };
}

/** The codec does not know what a column is called; people need to. */
function encodeNamed(name: string, column: Column): Uint8Array {
  try {
    return encodeColumn(column);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const named = error.diagnostics.map((d) => ({
      ...d,
      message: report('store/column', undefined, { column: name, reason: d.message }).message,
      facts: { ...d.facts, column: name },
    }));
    return refuse(...named);
  }
}

function writeJson(objects: Objects, value: unknown): StoredJson {
  const text = canonicalJson(value);
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length > INLINE_BYTES) return { kind: 'json', object: objects.put(bytes) };
  return { kind: 'json', object: sha256(bytes), inline: JSON.parse(text) };
}

function onRead(read: ObjectRead, decode: (bytes: Uint8Array) => Value): ValueRead {
  return read.state === 'ok'
    ? { state: 'ok', value: decode(read.bytes) }
    : { state: 'lost', objects: [read] };
}

function storable(value: Scalar): Scalar {
  return typeof value === 'number' && Number.isNaN(value) ? null : value;
}

function isScalar(value: unknown): value is Scalar {
  if (typeof value === 'number') return Math.abs(value) !== Infinity;
  return value === null || typeof value === 'boolean' || typeof value === 'string';
}

function isFile(value: unknown): value is FileValue {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('bytes' in value))
    return false;
  return (
    typeof value.name === 'string' &&
    Object.prototype.toString.call(value.bytes) === '[object Uint8Array]'
  );
}

function wrong(kind: ValueKind, value: unknown): never {
  const plain = typeof value === 'object' && value !== null ? 'an object' : String(value);
  return refuse(
    report('store/wrong-kind', undefined, { kind, found: isFrame(value) ? 'a frame' : plain }),
  );
}
