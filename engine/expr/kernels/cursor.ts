import type { Fenwick } from './fenwick.js';
import type { Tally } from './tally.js';

/** Stands at an order statistic of a tally and walks to the next one asked for, which is rarely far from the last. */
export class Cursor {
  slot = 0;
  /** How many stand in slots below. */
  below = 0;

  constructor(readonly tally: Tally) {}

  entered(slot: number): void {
    this.below += lower(slot, this.slot);
  }

  left(slot: number): void {
    this.below -= lower(slot, this.slot);
  }

  /** The slot of the value with so many before it in sorted order; there must be more values than that. */
  seek(rank: number): number {
    const { tally } = this;
    while (rank < this.below) {
      this.slot = tally.previous(this.slot);
      this.below -= tally.counts[this.slot] ?? 0;
    }
    let here = tally.counts[this.slot] ?? 0;
    while (rank >= this.below + here) {
      this.below += here;
      this.slot = tally.next(this.slot);
      here = tally.counts[this.slot] ?? 0;
    }
    return this.slot;
  }

  /** As `seek`, where the walk would be long. */
  leap(rank: number, ranks: Fenwick): void {
    this.slot = ranks.select(rank);
    this.below = ranks.below(this.slot);
  }

  /** The slot of the value after the one sought, which was not the last. */
  after(rank: number): number {
    const { tally, slot, below } = this;
    return rank + 1 < below + (tally.counts[slot] ?? 0) ? slot : tally.next(slot);
  }

  /** The slot of the value before the one sought, which was not the first. */
  before(rank: number): number {
    return rank > this.below ? this.slot : this.tally.previous(this.slot);
  }
}

/** 1 if a slot is below another, else 0: which it is nobody can guess, and a branch would guess wrong half of the time. */
function lower(slot: number, than: number): number {
  return (slot - than) >>> 31;
}
