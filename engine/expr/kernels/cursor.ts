import type { Fenwick } from './fenwick.js';
import type { Tally } from './tally.js';

/** Farther than this it is quicker to look a rank up than to walk there. */
const FAR = 16;

/** Stands at an order statistic of a tally and walks to the next one asked for, which is rarely far from the last. */
export class Cursor {
  slot = 0;
  /** How many stand in slots below. */
  below = 0;

  /** @param ranks  the same counts, to leap where the walk would be long. */
  constructor(
    readonly tally: Tally,
    readonly ranks?: Fenwick,
  ) {}

  entered(slot: number): void {
    if (slot < this.slot) this.below += 1;
  }

  left(slot: number): void {
    if (slot < this.slot) this.below -= 1;
  }

  /** The slot of the value with so many before it in sorted order; there must be more values than that. */
  seek(rank: number): number {
    const { tally, ranks } = this;
    if (ranks !== undefined && Math.abs(rank - this.below) > FAR) {
      this.slot = ranks.select(rank);
      this.below = ranks.below(this.slot);
      return this.slot;
    }
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
}
