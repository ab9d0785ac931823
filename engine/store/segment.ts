import { closeSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type Durability, syncFolder, writeAll } from './atomic.js';
import { isKey, type Key } from './digest.js';
import { guarded } from './failure.js';

/** Where a record stands. Everything but the segment is in its index line. */
export interface RecordEntry {
  readonly key: Key;
  readonly segment: string;
  /** Bytes into the `.rec` file. */
  readonly offset: number;
  readonly headBytes: number;
  readonly tailBytes: number;
  /** Digest of all outputs. */
  readonly outputs: string;
  /** When it was written, seconds since 1970. */
  readonly at: number;
  /** CRC-32 of the head. */
  readonly headCheck: number;
  /** CRC-32 of the `.rec` file up to this record, and with it: one sum vouches for a record or for all before it. */
  readonly before: number;
  readonly after: number;
}

/**
 * An index line, ASCII, of one width, so that a torn one shows by its length and a wrong one by its checksum:
 * key, outputs (64 each), offset (12), bytes of head and tail, headCheck, after, at, CRC-32 of all that (8 each).
 */
const WIDTHS = [64, 64, 12, 8, 8, 8, 8, 8, 8] as const;
export const LINE_BYTES = WIDTHS.reduce((sum, width) => sum + width + 1, 0);
const LINE_END = 10;
/** Everything before the line's own checksum. */
const CHECKED = LINE_BYTES - 9;
const AFTER = 170;

/** The index line of an entry. */
export function indexLine(entry: RecordEntry): string {
  const { key, outputs, offset, headBytes, tailBytes, headCheck, after, at } = entry;
  const numbers = [headBytes, tailBytes, headCheck, after, at].map((n) => hex(n, 8));
  const checked = `${[key, outputs, hex(offset, 12), ...numbers].join(' ')} `;
  return `${checked}${hex(crc32(checked), 8)}\n`;
}

/** A line of an index, read when it is asked for. */
export interface IndexLine {
  readonly segment: string;
  readonly index: Buffer;
  /** Where the line starts. */
  readonly start: number;
}

/** Meet the lines of an index in order, up to the first torn one. Only keys are read: a start meets thousands of lines. */
export function readIndex(
  segment: string,
  index: Buffer,
  meet: (key: Key, line: IndexLine) => void,
): void {
  const text = index.toString('latin1');
  for (let start = 0; start + LINE_BYTES <= text.length; start += LINE_BYTES) {
    const key = text.slice(start, start + 64);
    if (text.charCodeAt(start + LINE_BYTES - 1) !== LINE_END || !isKey(key)) return;
    meet(key, { segment, index, start });
  }
}

/** What the line of a key says, or undefined when its checksum shows damage. */
export function parseLine(key: Key, { segment, index, start }: IndexLine): RecordEntry | undefined {
  const number = (from: number, width = 8) => unhex(index, start + from, width);
  if (crc32(index.subarray(start, start + CHECKED)) !== number(CHECKED)) return undefined;
  return {
    key,
    segment,
    outputs: index.toString('latin1', start + 65, start + 129),
    offset: number(130, 12),
    headBytes: number(143),
    tailBytes: number(152),
    headCheck: number(161),
    before: start === 0 ? 0 : number(AFTER - LINE_BYTES),
    after: number(AFTER),
    at: number(179),
  };
}

function hex(value: number, width: number): string {
  return value.toString(16).padStart(width, '0');
}

/** The number that digits 0–9 a–f stand for; the line's checksum vouches that they are such. */
function unhex(bytes: Buffer, from: number, width: number): number {
  let value = 0;
  for (let at = from; at < from + width; at++) {
    const digit = bytes[at] ?? 0;
    value = value * 16 + (digit < 58 ? digit - 48 : digit - 87);
  }
  return value;
}

/** The files of a segment. */
export const indexPath = (folder: string, segment: string) => join(folder, `${segment}.idx`);
export const recordPath = (folder: string, segment: string) => join(folder, `${segment}.rec`);
export const livePath = (folder: string, segment: string) => join(folder, `${segment}.live`);

/** Bytes of records that are collected before they are written at once. */
const BATCH = 256 * 1024;
/** Milliseconds a record may wait for others; what a killed process loses at most, and then makes again. */
const PATIENCE = 100;

/**
 * Appends records to one segment pair that belongs to this process alone, several at a time. Records go first, then their index
 * lines. What cannot be written closes the writer, since half a record may stand at its end.
 */
export class SegmentWriter {
  readonly #index: number;
  readonly #records: number;
  #length = 0;
  /** CRC-32 of all records so far. */
  #check = 0;
  #waiting: { readonly records: Buffer[]; readonly lines: string[]; bytes: number } = nothing();
  #timer: NodeJS.Timeout | undefined;
  /** Why records could not be written while nobody was there to be told. */
  #failure: { readonly thrown: unknown } | undefined;
  #closed = false;

  constructor(
    readonly folder: string,
    readonly segment: string,
    readonly durability: Durability,
  ) {
    const open = (path: string) => guarded(path, () => openSync(path, 'ax', 0o644));
    this.#records = open(recordPath(folder, segment));
    this.#index = open(indexPath(folder, segment));
    if (durability === 'run') syncFolder(folder);
  }

  /**
   * @param when  `soon`: with others that follow in the next moments.
   * @throws store/disk-full …, for earlier records too
   */
  append(
    record: { readonly head: Buffer; readonly tail: Buffer },
    facts: { readonly key: Key; readonly outputs: string; readonly at: number },
    when: 'now' | 'soon',
  ): RecordEntry {
    if (this.#failure) throw this.#failure.thrown;
    const { head, tail } = record;
    const entry: RecordEntry = {
      ...facts,
      segment: this.segment,
      offset: this.#length,
      headBytes: head.length,
      tailBytes: tail.length,
      headCheck: crc32(head),
      before: this.#check,
      after: crc32(tail, crc32(head, this.#check)),
    };
    this.#waiting.records.push(head, tail);
    this.#waiting.lines.push(indexLine(entry));
    this.#waiting.bytes += head.length + tail.length;
    this.#length += head.length + tail.length;
    this.#check = entry.after;
    if (when === 'now' || this.#waiting.bytes >= BATCH) this.commit();
    else this.#timer ??= setTimeout(() => this.#commitAlone(), PATIENCE).unref();
    return entry;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Write what waits. @throws store/disk-full … */
  commit(): void {
    if (this.#failure) throw this.#failure.thrown;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#closed || this.#waiting.lines.length === 0) return;
    const { records, lines } = this.#waiting;
    this.#waiting = nothing();
    try {
      guarded(recordPath(this.folder, this.segment), () => {
        writeAll(this.#records, Buffer.concat(records));
        writeAll(this.#index, Buffer.from(lines.join(''), 'latin1'));
      });
    } catch (thrown) {
      this.#failure = { thrown };
      this.#end();
      throw thrown;
    }
  }

  /** Write what waits, and make it survive a power cut when durability is `run`. @throws store/disk-full … */
  flush(): void {
    this.commit();
    if (this.#closed || this.durability !== 'run') return;
    guarded(recordPath(this.folder, this.segment), () => {
      fsyncSync(this.#records);
      fsyncSync(this.#index);
    });
  }

  /** @throws store/disk-full … when what waits cannot be written */
  close(): void {
    if (this.#closed) return;
    this.flush();
    this.#end();
  }

  /** By the clock: what goes wrong is told to whoever appends or flushes next. */
  #commitAlone(): void {
    try {
      this.commit();
    } catch {
      // Kept as #failure.
    }
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    closeSync(this.#records);
    closeSync(this.#index);
  }
}

function nothing() {
  return { records: [], lines: [], bytes: 0 };
}
