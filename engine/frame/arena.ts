import { FreeList } from './freelist.js';

/** Bytes in shared memory, promised to whoever holds the lease. Plain data: it travels to workers in messages. */
export interface Lease {
  readonly id: number;
  readonly digest: string;
  /** Index of the slab; workers hold the slabs in the same order. */
  readonly slab: number;
  readonly offset: number;
  readonly length: number;
  /** The bytes are there. Otherwise somebody writes them: the holder when `fresh`, else another lease. */
  readonly ready: boolean;
  /** This lease made the place: its holder writes the bytes, then the owner calls `markReady`. */
  readonly fresh: boolean;
}

/** What the arena holds, in bytes and leases. */
export interface ArenaStats {
  readonly slabs: number;
  readonly reserved: number;
  readonly used: number;
  readonly referenced: number;
  readonly entries: number;
  readonly hits: number;
  readonly misses: number;
  readonly evictions: number;
  readonly refusals: number;
}

/** One digest's bytes. `id` tells it from an earlier, abandoned place of the same digest. */
interface Place {
  readonly id: number;
  readonly digest: string;
  readonly slab: number;
  readonly offset: number;
  readonly length: number;
  ready: boolean;
  references: number;
}

interface Slab {
  readonly memory: SharedArrayBuffer;
  readonly free: FreeList;
}

/** Columns are read as 8-byte numbers, so every place starts on a multiple of this. */
const ALIGNMENT = 8;

/**
 * The one owner of shared memory, on the main thread: decoded columns by digest, read by all workers.
 * Slabs are made when needed, reused, and never dropped, because dropped SharedArrayBuffers are not collected in time.
 * Places without references stay until room is needed; the least recently used go first.
 */
export class Arena {
  readonly #limit: number;
  readonly #slabSize: number;
  readonly #slabs: Slab[] = [];
  /** By digest, least recently used first. */
  readonly #current = new Map<string, Place>();
  /** Every place that still takes memory, by id. */
  readonly #places = new Map<number, Place>();
  readonly #counts = { hits: 0, misses: 0, evictions: 0, refusals: 0 };
  #nextId = 1;

  /** @param sizes  `limit`: bytes in all; `slab`: bytes of one slab, which bounds one place. */
  constructor({ limit, slab }: { readonly limit: number; readonly slab: number }) {
    this.#slabSize = aligned(slab);
    this.#limit = limit;
  }

  /** The shared memory, in order; a worker needs those its leases point to. */
  get slabs(): readonly SharedArrayBuffer[] {
    return this.#slabs.map(({ memory }) => memory);
  }

  /**
   * A place for the bytes of a digest: the one that has them, or a new one to fill. Every lease is released once.
   * @returns undefined when the bytes are larger than a slab or all room is referenced: read privately then
   */
  acquire(digest: string, bytes: number): Lease | undefined {
    const known = this.#current.get(digest);
    if (known) {
      this.#counts.hits++;
      this.#touch(known);
      known.references++;
      return lease(known, false);
    }
    const place = this.#place(digest, Math.max(bytes, 1), bytes);
    if (!place) {
      this.#counts.refusals++;
      return undefined;
    }
    this.#counts.misses++;
    this.#current.set(digest, place);
    this.#places.set(place.id, place);
    return lease(place, true);
  }

  /** The bytes of a fresh lease are written: from now on `acquire` gives it ready. */
  markReady(digest: string): void {
    const place = this.#current.get(digest);
    if (place) place.ready = true;
  }

  /** True when a lease, whoever holds it, can be read now. */
  ready(held: Lease): boolean {
    return this.#places.get(held.id)?.ready ?? false;
  }

  /** The writer of a fresh lease failed: the next `acquire` starts anew; this memory returns with its last release. */
  abandon(digest: string): void {
    const place = this.#current.get(digest);
    if (!place || place.ready) return;
    this.#current.delete(digest);
    if (place.references === 0) this.#drop(place);
  }

  /** Give a lease back. Bytes that were never ready are forgotten with their last lease. */
  release(held: Lease): void {
    const place = this.#places.get(held.id);
    if (!place || place.references === 0) throw new Error(`Lease ${held.id} is released twice.`);
    place.references--;
    if (place.references > 0) return;
    if (!place.ready) this.#drop(place);
    else this.#touch(place);
  }

  stats(): ArenaStats {
    const places = [...this.#places.values()];
    const sum = (of: readonly Place[]) => of.reduce((all, { length }) => all + aligned(length), 0);
    return {
      slabs: this.#slabs.length,
      reserved: this.#slabs.length * this.#slabSize,
      used: sum(places),
      referenced: sum(places.filter(({ references }) => references > 0)),
      entries: places.length,
      ...this.#counts,
    };
  }

  #place(digest: string, room: number, length: number): Place | undefined {
    const found = this.#room(aligned(room));
    if (!found) return undefined;
    return { id: this.#nextId++, digest, ...found, length, ready: false, references: 1 };
  }

  /** Free room first, then a new slab, then the room of places nobody holds. */
  #room(bytes: number): { readonly slab: number; readonly offset: number } | undefined {
    if (bytes > this.#slabSize) return undefined;
    const free = this.#fit(bytes) ?? this.#grow(bytes);
    if (free) return free;
    for (const place of this.#current.values()) {
      if (place.references > 0) continue;
      this.#drop(place);
      this.#counts.evictions++;
      const fit = this.#fit(bytes);
      if (fit) return fit;
    }
    return undefined;
  }

  #fit(bytes: number): { readonly slab: number; readonly offset: number } | undefined {
    for (const [slab, { free }] of this.#slabs.entries()) {
      const offset = free.take(bytes);
      if (offset !== undefined) return { slab, offset };
    }
    return undefined;
  }

  #grow(bytes: number): { readonly slab: number; readonly offset: number } | undefined {
    if ((this.#slabs.length + 1) * this.#slabSize > this.#limit) return undefined;
    const memory = new SharedArrayBuffer(this.#slabSize);
    this.#slabs.push({ memory, free: new FreeList(this.#slabSize) });
    return this.#fit(bytes);
  }

  #touch(place: Place): void {
    if (this.#current.get(place.digest) !== place) return;
    this.#current.delete(place.digest);
    this.#current.set(place.digest, place);
  }

  #drop(place: Place): void {
    this.#places.delete(place.id);
    if (this.#current.get(place.digest) === place) this.#current.delete(place.digest);
    this.#slabs[place.slab]?.free.give(place.offset, aligned(Math.max(place.length, 1)));
  }
}

/** The bytes of a lease, on any thread. Throws when the slab has not arrived: that is a bug of the sender. */
export function view(slabs: readonly SharedArrayBuffer[], held: Lease): Uint8Array {
  const memory = slabs[held.slab];
  if (!memory) throw new Error(`Slab ${held.slab} is unknown here.`);
  return new Uint8Array(memory, held.offset, held.length);
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

function lease(place: Place, fresh: boolean): Lease {
  const { id, digest, slab, offset, length, ready } = place;
  return { id, digest, slab, offset, length, ready, fresh };
}
