import { closeSync, openSync, readdirSync, statSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { decodeTime, monotonicFactory } from 'ulid';
import { type Durability, makeFolder } from './atomic.js';
import { decodeHead } from './codecs/head.js';
import type { Key } from './digest.js';
import { guarded, unlessAbsent } from './failure.js';
import { markLive, unmarkLive } from './live.js';
import { readUpTo, readWhole } from './read.js';
import {
  decodeTail,
  encodeRecord,
  type NewRecord,
  outputsDigest,
  type RecordHead,
  type RecordTail,
  type RunRecord,
} from './record.js';
import {
  type IndexLine,
  indexPath,
  parseLine,
  type RecordEntry,
  readIndex,
  recordPath,
  SegmentWriter,
} from './segment.js';

/** A segment's name: a ULID, so names sort by time. */
export const SEGMENT = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** When more than one of so many records of a segment are wanted, the segment is read whole. */
const WHOLE_SHARE = 8;
/** Larger segments are read record by record. */
const KEPT_BYTES = 128 * 1024 * 1024;
const nextUlid = monotonicFactory();

/**
 * Records by key. Every process appends to a segment of its own, so there are no locks; of two records of a key the
 * later one counts. What other processes append is seen at the start and by `refresh`.
 */
export class Records {
  /** Entries are read from their index lines when first asked for. */
  readonly #entries = new Map<Key, RecordEntry | IndexLine>();
  /** Bytes of each index read so far. */
  readonly #seen = new Map<string, number>();
  #writer: SegmentWriter | undefined;
  /** Segments of other processes, as they were when first read. */
  readonly #segments = new Map<string, Buffer | undefined>();

  constructor(
    readonly folder: string,
    readonly durability: Durability = 'relaxed',
  ) {
    this.refresh();
  }

  /** How many keys have a record. */
  get size(): number {
    return this.#entries.size;
  }

  /** Whether an index names a key. */
  has(key: Key): boolean {
    return this.#entries.has(key);
  }

  find(key: Key): RecordEntry | undefined {
    const found = this.#entries.get(key);
    if (!found || 'key' in found) return found;
    const entry = parseLine(key, found);
    if (entry) this.#entries.set(key, entry);
    else this.#entries.delete(key);
    return entry;
  }

  /** The latest entry of every key, by no particular order of keys. */
  all(): readonly RecordEntry[] {
    return [...this.#entries.keys()].flatMap((key) => this.find(key) ?? []);
  }

  /** The segments there are, oldest first. */
  segments(): readonly string[] {
    return segmentsIn(this.folder);
  }

  /** Every entry of a segment in the order written, those a later one replaced too. */
  entriesOf(segment: string): readonly RecordEntry[] {
    const entries: RecordEntry[] = [];
    meetIndex(this.folder, segment, (key, line) => {
      const entry = parseLine(key, line);
      if (entry) entries.push(entry);
    });
    return entries;
  }

  /** Keys whose latest record has other bytes than were written: their items count as never run. */
  damaged(): readonly Key[] {
    return this.all().flatMap((entry) => (this.read(entry) ? [] : [entry.key]));
  }

  /** The whole record, or undefined when its bytes are damaged or gone: the item counts as never run. */
  read(entry: RecordEntry): RunRecord | undefined {
    const bytes = this.#bytes(entry, entry.headBytes + entry.tailBytes);
    if (!bytes || crc32(bytes, entry.before) !== entry.after) return undefined;
    const text = bytes.toString('latin1');
    const head = decodeHead(entry.key, text.slice(0, entry.headBytes));
    return withTail(head, decodeTail(text.slice(entry.headBytes)));
  }

  /** What a warm run needs of many records, in the order asked for; undefined where one is damaged. Reads segments whole. */
  heads(entries: readonly RecordEntry[]): readonly (RecordHead | undefined)[] {
    const bySegment = new Map<string, RecordEntry[]>();
    for (const entry of entries) {
      const list = bySegment.get(entry.segment);
      if (list) list.push(entry);
      else bySegment.set(entry.segment, [entry]);
    }
    const heads = new Map<RecordEntry, RecordHead | undefined>();
    for (const [segment, wanted] of bySegment) this.#readSegment(segment, wanted, heads);
    return entries.map((entry) => heads.get(entry));
  }

  /** What a warm run needs of one record. Segments are read whole at the first ask, since a warm run asks for nearly all of one. */
  head(entry: RecordEntry): RecordHead | undefined {
    const bytes = this.#kept(entry.segment)?.subarray(entry.offset, entry.offset + entry.headBytes);
    if (bytes?.length !== entry.headBytes) {
      const text = this.#head(entry);
      return text === undefined ? undefined : decodeHead(entry.key, text);
    }
    if (crc32(bytes) !== entry.headCheck) return undefined;
    return decodeHead(entry.key, bytes.toString('latin1'));
  }

  /**
   * Write a record; objects of its outputs must be stored before.
   * @param when  `soon` collects records for a moment, and ends with the next `flush`; a killed process may lose them.
   * @returns the earlier entry of the key when its outputs were others: the node is not deterministic
   * @throws store/disk-full …, store/bad-record
   */
  append(record: NewRecord, when: 'now' | 'soon' = 'now'): RecordEntry | undefined {
    const outputs = outputsDigest(record.outputs);
    const earlier = this.find(record.key);
    const at = Math.floor(Date.parse(record.at) / 1000);
    const facts = { key: record.key, outputs, at };
    const entry = this.#writing().append(encodeRecord(record), facts, when);
    this.#entries.set(record.key, entry);
    return earlier && earlier.outputs !== outputs ? earlier : undefined;
  }

  /** Write out what was appended, and make it survive a power cut when durability is `run`. @throws store/disk-full … */
  flush(): void {
    this.#writer?.flush();
  }

  /** Take in what other processes appended since. Own records stay the latest of their keys. */
  refresh(): void {
    for (const segment of this.segments()) {
      if (segment === this.#writer?.segment) continue;
      const size = sizeOf(indexPath(this.folder, segment));
      if (size === undefined || size === this.#seen.get(segment)) continue;
      this.#seen.set(segment, size);
      meetIndex(this.folder, segment, (key, line) => this.#admit(key, line));
    }
  }

  /** End this process's segment. A later `append` starts another. */
  close(): void {
    if (!this.#writer) return;
    this.#writer.close();
    unmarkLive(this.folder, this.#writer.segment);
    this.#writer = undefined;
  }

  #admit(key: Key, line: IndexLine): void {
    const known = this.#entries.get(key);
    if (!known || known.segment <= line.segment) this.#entries.set(key, line);
  }

  #writing(): SegmentWriter {
    if (this.#writer && !this.#writer.closed) return this.#writer;
    const failed = this.#writer;
    this.#writer = undefined;
    if (failed) unmarkLive(this.folder, failed.segment);
    failed?.commit(); // throws why it was closed, once; after that another segment is tried
    makeFolder(this.folder);
    const segment = this.#nextSegment();
    // Marked first: gc must not meet a segment whose writer it cannot see.
    markLive(this.folder, segment);
    this.#writer = new SegmentWriter(this.folder, segment, this.durability);
    return this.#writer;
  }

  /** A name that sorts after all there are, also where the clock was set back: what comes later must count. */
  #nextSegment(): string {
    const last = this.segments().at(-1);
    return nextUlid(Math.max(Date.now(), last === undefined ? 0 : decodeTime(last) + 1));
  }

  #readSegment(
    segment: string,
    wanted: readonly RecordEntry[],
    heads: Map<RecordEntry, RecordHead | undefined>,
  ): void {
    const path = recordPath(this.folder, segment);
    const needed = wanted.reduce((sum, entry) => sum + entry.headBytes, 0);
    const whole = (sizeOf(path) ?? 0) <= needed * WHOLE_SHARE ? readWhole(path) : undefined;
    const text = whole && sound(whole, wanted) ? whole.toString('latin1') : undefined;
    for (const entry of wanted) {
      const head = text?.slice(entry.offset, entry.offset + entry.headBytes) ?? this.#head(entry);
      heads.set(entry, head === undefined ? undefined : decodeHead(entry.key, head));
    }
  }

  #kept(segment: string): Buffer | undefined {
    if (segment === this.#writer?.segment) return undefined;
    if (!this.#segments.has(segment)) {
      const path = recordPath(this.folder, segment);
      this.#segments.set(segment, (sizeOf(path) ?? 0) <= KEPT_BYTES ? readWhole(path) : undefined);
    }
    return this.#segments.get(segment);
  }

  #head(entry: RecordEntry): string | undefined {
    const bytes = this.#bytes(entry, entry.headBytes);
    return bytes && crc32(bytes) === entry.headCheck ? bytes.toString('latin1') : undefined;
  }

  #bytes(entry: RecordEntry, length: number): Buffer | undefined {
    if (entry.segment === this.#writer?.segment) this.#writer.commit();
    const path = recordPath(this.folder, entry.segment);
    const file = unlessAbsent(path, () => openSync(path, 'r'));
    if (file === undefined) return undefined;
    try {
      const bytes = Buffer.allocUnsafe(length);
      return readUpTo(file, bytes, entry.offset) === length ? bytes : undefined;
    } finally {
      closeSync(file);
    }
  }
}

/** The segments of a folder, oldest first. */
export function segmentsIn(folder: string): readonly string[] {
  const names = unlessAbsent(folder, () => readdirSync(folder)) ?? [];
  const segments = names.filter((name) => name.endsWith('.idx')).map((name) => name.slice(0, -4));
  return segments.filter((name) => SEGMENT.test(name)).sort();
}

function meetIndex(
  folder: string,
  segment: string,
  meet: (key: Key, line: IndexLine) => void,
): void {
  const index = readWhole(indexPath(folder, segment));
  if (index) readIndex(segment, index, meet);
}

function sizeOf(path: string): number | undefined {
  return guarded(path, () => statSync(path, { throwIfNoEntry: false }))?.size;
}

/** True when a segment's bytes are whole up to the last of these records. */
function sound(whole: Buffer, entries: readonly RecordEntry[]): boolean {
  const last = entries.reduce((a, b) => (a.offset > b.offset ? a : b));
  const end = last.offset + last.headBytes + last.tailBytes;
  return end <= whole.length && crc32(whole.subarray(0, end)) === last.after;
}

function withTail(head: RecordHead, { preimage, timings, log }: RecordTail): RunRecord {
  const { key, item, node, at, outputs, objects, warnings, held } = head;
  const told = { key, item, node, at, outputs, objects, warnings, preimage, timings, log };
  return held === undefined ? told : { ...told, held };
}
