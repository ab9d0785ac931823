import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Arena, type Lease, view } from '../../../engine/frame/arena.js';
import { FreeList } from '../../../engine/frame/freelist.js';

function held(lease: Lease | undefined): Lease {
  if (!lease) throw new Error('The arena refused.');
  return lease;
}

function giveBack(arena: Arena, leases: Lease[]): void {
  const last = leases.pop();
  if (last) arena.release(last);
}

function take(arena: Arena, leases: Lease[], digest: string, size: number): void {
  const lease = arena.acquire(digest, size);
  if (!lease) return;
  leases.push(lease);
  if (lease.fresh) arena.markReady(digest);
}

/** Pairs of places that share a byte, and places off the 8-byte grid. */
function overlaps(leases: readonly Lease[]): readonly unknown[] {
  const places = [...new Map(leases.map((lease) => [lease.id, lease])).values()];
  places.sort((a, b) => a.slab - b.slab || a.offset - b.offset);
  return places.filter(({ slab, offset }, i) => {
    const before = places[i - 1];
    return offset % 8 !== 0 || (before?.slab === slab && before.offset + before.length > offset);
  });
}

describe('Arena', () => {
  it('gives one place a digest, fresh once', () => {
    const arena = new Arena({ limit: 1024, slab: 1024 });
    const first = held(arena.acquire('a', 10));
    expect(first).toMatchObject({ slab: 0, offset: 0, length: 10, ready: false, fresh: true });
    expect(held(arena.acquire('a', 10))).toMatchObject({ fresh: false, ready: false, offset: 0 });
    arena.markReady('a');
    expect(held(arena.acquire('a', 10))).toMatchObject({ fresh: false, ready: true });
    expect(arena.ready(first)).toBe(true);
    expect(held(arena.acquire('b', 3)).offset).toBe(16);
    expect(arena.stats()).toMatchObject({ slabs: 1, used: 24, referenced: 24, hits: 2, misses: 2 });
  });

  it('lets all threads see the bytes', () => {
    const arena = new Arena({ limit: 64, slab: 64 });
    const lease = held(arena.acquire('a', 5));
    view(arena.slabs, lease).set([1, 2, 3, 4, 5]);
    expect([...view(arena.slabs, lease)]).toEqual([1, 2, 3, 4, 5]);
    expect(() => view([], lease)).toThrow('Slab 0 is unknown');
  });

  it('keeps released bytes until room is needed; the least recently used go first', () => {
    const arena = new Arena({ limit: 32, slab: 32 });
    for (const digest of ['a', 'b']) {
      const lease = held(arena.acquire(digest, 16));
      arena.markReady(digest);
      arena.release(lease);
    }
    arena.release(held(arena.acquire('a', 16))); // now b is the older one
    arena.acquire('c', 16);
    expect(held(arena.acquire('a', 16)).ready).toBe(true);
    expect(arena.stats().evictions).toBe(1);
  });

  it('refuses when all room is held, and what is larger than a slab', () => {
    const arena = new Arena({ limit: 64, slab: 32 });
    const first = held(arena.acquire('a', 32));
    expect(held(arena.acquire('b', 32)).slab).toBe(1);
    expect(arena.acquire('c', 8)).toBeUndefined();
    expect(arena.acquire('d', 33)).toBeUndefined();
    arena.markReady('a');
    arena.release(first);
    expect(held(arena.acquire('c', 8)).slab).toBe(0);
    expect(arena.stats()).toMatchObject({ slabs: 2, reserved: 64, refusals: 2 });
  });

  it('forgets bytes whose writer gave up', () => {
    const arena = new Arena({ limit: 32, slab: 32 });
    const writer = held(arena.acquire('a', 8));
    const waiter = held(arena.acquire('a', 8));
    arena.abandon('a');
    const again = held(arena.acquire('a', 8));
    expect(again).toMatchObject({ fresh: true, offset: 8 });
    arena.release(writer);
    arena.release(waiter);
    expect(arena.stats().used).toBe(8);
    arena.release(again); // never ready: nothing worth keeping
    expect(arena.stats()).toMatchObject({ used: 0, entries: 0 });
    expect(() => arena.release(again)).toThrow('released twice');
  });

  it('never lets two places overlap, whatever the order of calls', () => {
    const step = fc.record({
      digest: fc.integer({ min: 0, max: 9 }),
      size: fc.integer({ min: 0, max: 40 }),
      give: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const arena = new Arena({ limit: 256, slab: 64 });
        const leases: Lease[] = [];
        for (const { digest, size, give } of steps) {
          if (give) giveBack(arena, leases);
          else take(arena, leases, `${digest}-${size}`, size);
        }
        expect(overlaps(leases)).toEqual([]);
        for (const lease of leases) arena.release(lease);
        expect(arena.stats().referenced).toBe(0);
      }),
      { seed: 6, numRuns: 200 },
    );
  });
});

describe('FreeList', () => {
  it('joins neighbours again', () => {
    const list = new FreeList(32);
    const [a, b, c] = [list.take(8), list.take(8), list.take(16)];
    expect([a, b, c, list.take(1)]).toEqual([0, 8, 16, undefined]);
    list.give(0, 8);
    list.give(16, 16);
    expect(list.take(24)).toBeUndefined();
    list.give(8, 8);
    expect([list.free, list.take(32)]).toEqual([32, 0]);
    expect(() => {
      list.give(0, 8);
      list.give(4, 8);
    }).toThrow('given back twice');
  });
});
