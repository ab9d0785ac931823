import { closeSync, fstatSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Durability, makeFolder, writeAtomic } from './atomic.js';
import { isObjectHash, type ObjectHash, sha256 } from './digest.js';
import { guarded, unlessAbsent } from './failure.js';
import { readUpTo } from './read.js';

/** Why an object cannot be read: it is not there, or its bytes are not those of its name. */
export type Lost = { readonly state: 'missing' | 'corrupt'; readonly hash: ObjectHash };
export type ObjectRead = { readonly state: 'ok'; readonly bytes: Uint8Array } | Lost;

/** What a run compares to see whether an object was touched since its record was written. */
export interface ObjectStat {
  readonly hash: ObjectHash;
  readonly bytes: number;
  readonly mtimeMs: number;
}

/** Bytes compared at a time. */
const CHUNK = 1 << 18;

/** Immutable files named by the SHA-256 of their bytes, in folders by the first two digits. Safe between processes. */
export class Objects {
  readonly #made = new Set<string>();

  constructor(
    readonly folder: string,
    readonly durability: Durability = 'relaxed',
  ) {}

  path(hash: ObjectHash): string {
    return join(this.folder, hash.slice(0, 2), hash);
  }

  /**
   * Store bytes. An object that is there is compared, and written again only where it is damaged: what is made anew is mended.
   * @throws store/disk-full, store/read-only, store/no-rights
   */
  put(bytes: Uint8Array): ObjectHash {
    const hash = sha256(bytes);
    if (this.stat(hash)?.bytes === bytes.length && this.#holds(hash, bytes)) return hash;
    this.#makeFolder(hash.slice(0, 2));
    this.#clear(hash);
    writeAtomic(this.path(hash), hash, bytes, this.durability);
    return hash;
  }

  /** The bytes of an object, checked against its name; aligned for typed arrays. */
  read(hash: ObjectHash): ObjectRead {
    return this.#open(hash, (size) => new Uint8Array(new ArrayBuffer(size)));
  }

  /** Read into memory of the right size, which may be shared. A wrong size is `corrupt`; then `target` is not to be used. */
  readInto(hash: ObjectHash, target: Uint8Array): ObjectRead {
    return this.#open(hash, (size) => (size === target.length ? target : undefined));
  }

  /** Size and time of an object, undefined when it is not there. What is no plain file has no right size. */
  stat(hash: ObjectHash): ObjectStat | undefined {
    const path = this.path(hash);
    const stat = guarded(path, () => statSync(path, { throwIfNoEntry: false }));
    return stat && { hash, bytes: stat.isFile() ? stat.size : -1, mtimeMs: stat.mtimeMs };
  }

  /** Hash the bytes on disk. */
  verify(hash: ObjectHash): ObjectRead['state'] {
    return this.read(hash).state;
  }

  /** Remove an object whose bytes are wrong, so that the next `put` writes it; a good one stays. True when removed. */
  discard(hash: ObjectHash): boolean {
    return this.verify(hash) === 'corrupt' && this.remove(hash);
  }

  /** True when there was something to remove. */
  remove(hash: ObjectHash): boolean {
    const path = this.path(hash);
    const there = this.stat(hash) !== undefined;
    guarded(path, () => rmSync(path, { force: true, recursive: true }));
    return there;
  }

  /** Every object, sorted; files that are not objects are passed over. */
  list(): readonly ObjectHash[] {
    const folders = namesIn(this.folder).filter((name) => /^[0-9a-f]{2}$/.test(name));
    return folders.flatMap((folder) =>
      namesIn(join(this.folder, folder))
        .filter(isObjectHash)
        .filter((hash) => hash.startsWith(folder)),
    );
  }

  #open(hash: ObjectHash, memory: (size: number) => Uint8Array | undefined): ObjectRead {
    const path = this.path(hash);
    const file = unlessAbsent(path, () => openSync(path, 'r'));
    if (file === undefined) return { state: 'missing', hash };
    try {
      const stat = fstatSync(file);
      const target = stat.isFile() ? memory(stat.size) : undefined;
      if (!target || readUpTo(file, target, 0) < target.length) return { state: 'corrupt', hash };
      return sha256(target) === hash ? { state: 'ok', bytes: target } : { state: 'corrupt', hash };
    } finally {
      closeSync(file);
    }
  }

  /** True when the bytes on disk are these. Comparing costs a fraction of hashing. */
  #holds(hash: ObjectHash, bytes: Uint8Array): boolean {
    const path = this.path(hash);
    const file = unlessAbsent(path, () => openSync(path, 'r'));
    if (file === undefined) return false;
    try {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK, bytes.length));
      for (let at = 0; at < bytes.length; at += chunk.length) {
        const expected = bytes.subarray(at, at + chunk.length);
        const found = chunk.subarray(0, readUpTo(file, chunk.subarray(0, expected.length), at));
        if (Buffer.compare(found, expected) !== 0) return false;
      }
      return true;
    } finally {
      closeSync(file);
    }
  }

  /** A rename replaces files, not folders. */
  #clear(hash: ObjectHash): void {
    if (this.stat(hash)?.bytes === -1) this.remove(hash);
  }

  #makeFolder(name: string): void {
    if (this.#made.has(name)) return;
    const path = join(this.folder, name);
    makeFolder(path);
    this.#made.add(name);
  }
}

function namesIn(folder: string): readonly string[] {
  return (unlessAbsent(folder, () => readdirSync(folder)) ?? []).sort();
}
