import { createHash } from 'node:crypto';
import { type BigIntStats, closeSync, fstatSync, openSync, statSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { crc32 } from 'node:zlib';
import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { makeFolder } from './atomic.js';
import { isObjectHash, type ObjectHash, objectHash } from './digest.js';
import { guarded, unlessAbsent } from './failure.js';
import { readUpTo, readWhole } from './read.js';

/** What of a file is compared to see whether it changed, and the digest of its bytes. */
interface Seen {
  readonly size: number;
  /** Decimal digits: nanoseconds do not fit a number. */
  readonly mtimeNs: string;
  /** Moves with every write, also where the time of modification was set back afterwards. */
  readonly ctimeNs: string;
  readonly inode: string;
  readonly digest: ObjectHash;
}

const report = reporter({
  'store/no-file': 'There is no file {path}.',
  'store/no-plain-file': '{path} is no plain file.',
  'store/file-changing': '{path} changes while it is read.',
});

/** A file written this recently may be written again without its time moving on: it is not remembered. */
const SETTLED_MS = 2000;
const CHUNK = 1 << 20;

/**
 * SHA-256 of input files, remembered by path, size, times and inode in one append-only file. Any number of processes
 * append to it at once: every line is one write, and a line that cannot be read is passed over.
 */
export class FileDigests {
  readonly #known = new Map<string, Seen>();
  #read = false;

  constructor(readonly path: string) {}

  /** The digest of a file's bytes; they are read only when it changed. @throws store/no-file, store/no-plain-file, store/file-changing */
  digestFile(path: string): ObjectHash {
    this.#load();
    const absolute = resolve(path);
    const stat = unlessAbsent(absolute, () => statSync(absolute, { bigint: true }));
    if (!stat) return refuse(report('store/no-file', undefined, { path }));
    if (!stat.isFile()) return refuse(report('store/no-plain-file', undefined, { path }));
    const known = this.#known.get(absolute);
    if (known && same(known, seenOf(stat, known.digest))) return known.digest;
    return this.#hash(absolute);
  }

  #hash(path: string): ObjectHash {
    const file = unlessAbsent(path, () => openSync(path, 'r'));
    if (file === undefined) return refuse(report('store/no-file', undefined, { path }));
    try {
      const before = fstatSync(file, { bigint: true });
      const digest = hashOpen(file);
      const seen = seenOf(fstatSync(file, { bigint: true }), digest);
      if (!same(seen, seenOf(before, digest)))
        refuse(report('store/file-changing', undefined, { path }));
      if (Date.now() - Number(before.mtimeMs) > SETTLED_MS) this.#remember(path, seen);
      return digest;
    } finally {
      closeSync(file);
    }
  }

  /** The line break before guards against a torn line of a killed process. */
  #remember(path: string, seen: Seen): void {
    this.#known.set(path, seen);
    const fields = [path, seen.size, seen.mtimeNs, seen.ctimeNs, seen.inode, seen.digest];
    const line = `\n${JSON.stringify([...fields, checkOf(fields)])}\n`;
    guarded(this.path, () => {
      makeFolder(dirname(this.path));
      const file = openSync(this.path, 'a', 0o644);
      try {
        writeSync(file, line);
      } finally {
        closeSync(file);
      }
    });
  }

  #load(): void {
    if (this.#read) return;
    this.#read = true;
    const text = readWhole(this.path)?.toString('utf8') ?? '';
    for (const line of text.split('\n')) {
      const found = line === '' ? undefined : parseLine(line);
      if (found) this.#known.set(found.path, found.seen);
    }
  }
}

function hashOpen(file: number): ObjectHash {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(CHUNK);
  for (let at = 0; ; ) {
    const count = readUpTo(file, chunk, at);
    hash.update(chunk.subarray(0, count));
    at += count;
    if (count < CHUNK) return objectHash(hash.digest('hex'));
  }
}

function seenOf(stat: BigIntStats, digest: ObjectHash): Seen {
  return {
    size: Number(stat.size),
    mtimeNs: String(stat.mtimeNs),
    ctimeNs: String(stat.ctimeNs),
    inode: String(stat.ino),
    digest,
  };
}

function same(a: Seen, b: Seen): boolean {
  return (
    a.size === b.size && a.mtimeNs === b.mtimeNs && a.ctimeNs === b.ctimeNs && a.inode === b.inode
  );
}

function parseLine(line: string): { readonly path: string; readonly seen: Seen } | undefined {
  const [path, size, mtimeNs, ctimeNs, inode, digest, check] = fieldsOf(line);
  if (check !== checkOf([path, size, mtimeNs, ctimeNs, inode, digest])) return undefined;
  if (typeof path !== 'string' || typeof size !== 'number' || typeof inode !== 'string')
    return undefined;
  if (typeof mtimeNs !== 'string' || typeof ctimeNs !== 'string') return undefined;
  if (!isObjectHash(digest)) return undefined;
  return { path, seen: { size, mtimeNs, ctimeNs, inode, digest } };
}

/** A line in which a bit is another is passed over, too: it would put a wrong digest into keys. */
function checkOf(fields: readonly unknown[]): number {
  return crc32(JSON.stringify(fields));
}

function fieldsOf(line: string): readonly unknown[] {
  try {
    const fields: unknown = JSON.parse(line);
    return Array.isArray(fields) ? fields : [];
  } catch {
    return []; // torn by a kill: the file is hashed once more
  }
}
