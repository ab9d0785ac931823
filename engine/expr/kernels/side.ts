import { add, sums, total } from './compensated.js';
import type { SortedWindow } from './sorted-window.js';

/** Splits a double so that either half times a count below 2²⁷ is exact (Veltkamp). */
const SPLIT = 134_217_729;

/**
 * One side of a sorted window, up to a slot: how many values stand beyond the slot, and their compensated sum about a centre.
 * Values that the slot passes are added and taken away one by one, in sorted order, so equal windows that began equal have
 * equal bits.
 */
export class Side {
  /** The first slot that is not on this side. */
  slot = 0;
  count = 0;
  readonly #sum = sums(1);

  /** @param sign  1 for the side of small values, −1 for that of large ones. */
  constructor(
    readonly window: SortedWindow,
    readonly sign: 1 | -1,
  ) {
    this.reset(0);
  }

  /** The centre that sums are about. */
  center = 0;

  get sum(): number {
    return total(this.#sum, 0);
  }

  /** Begin again at the end, with nothing on this side. */
  reset(center: number): void {
    this.center = center;
    this.slot = this.sign > 0 ? 0 : this.window.values.length - 1;
    this.count = 0;
    this.#sum.fill(0);
  }

  entered(slot: number): void {
    if (this.holds(slot)) this.#shift(slot, 1);
  }

  left(slot: number): void {
    if (this.holds(slot)) this.#shift(slot, -1);
  }

  holds(slot: number): boolean {
    return (this.slot - slot) * this.sign > 0;
  }

  /** The next taken slot away from the end. */
  inward(slot: number): number {
    const { tally } = this.window;
    return this.sign > 0 ? tally.next(slot) : tally.previous(slot);
  }

  #outward(slot: number): number {
    const { tally } = this.window;
    return this.sign > 0 ? tally.previous(slot) : tally.next(slot);
  }

  /** Move to the value with so many beyond it; there must be more values than that. */
  seek(rank: number): number {
    const { counts } = this.window.tally;
    while (rank < this.count) {
      this.slot = this.#outward(this.slot);
      this.#shift(this.slot, -(counts[this.slot] ?? 0));
    }
    while (rank >= this.count + (counts[this.slot] ?? 0)) {
      this.#shift(this.slot, counts[this.slot] ?? 0);
      this.slot = this.inward(this.slot);
    }
    return this.slot;
  }

  /** Move so that on the side of small values stand those whose distance from the centre is below a limit. */
  seekBelow(limit: number): void {
    const { tally, values } = this.window;
    const under = (slot: number): boolean => (values[slot] ?? 0) - this.center < limit;
    for (
      let back = tally.previous(this.slot);
      back >= 0 && !under(back);
      back = tally.previous(back)
    ) {
      this.slot = back;
      this.#shift(back, -(tally.counts[back] ?? 0));
    }
    while (this.slot < values.length && under(this.slot)) {
      this.#shift(this.slot, tally.counts[this.slot] ?? 0);
      this.slot = tally.next(this.slot);
    }
  }

  /** Add a value so many times, without rounding the product. */
  #shift(slot: number, times: number): void {
    this.count += times;
    const d = (this.window.values[slot] ?? 0) - this.center;
    if (times * times <= 1) {
      add(this.#sum, 0, times * d);
      return;
    }
    const scaled = SPLIT * d;
    const high = scaled - (scaled - d);
    add(this.#sum, 0, times * high);
    add(this.#sum, 0, times * (d - high));
  }
}
