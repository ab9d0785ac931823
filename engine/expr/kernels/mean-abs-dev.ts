import { add, centerOf, sums, total } from './compensated.js';
import { isMissing } from './missing.js';
import { Side } from './side.js';
import type { SortedStatistic, SortedWindow } from './sorted-window.js';

/** How far the mean may move from the centre, in mean distances: digits are lost in this proportion. */
const FAR = 16;
/** A mean distance this much below the largest distance since the sums were rebuilt may have lost digits. */
const LEAST_LEFT = 1e-14;

/**
 * Mean distance from the mean: with b values below the mean m, whose sum is B, it is 2 (b m − B) / k. Sums are about a centre
 * near the mean and rebuilt as in `variance.ts`; b and B follow the mean through the sorted window.
 */
export class MeanAbsDev implements SortedStatistic {
  readonly #window: SortedWindow;
  readonly #below: Side;
  readonly #all = sums(1);
  /** Largest distance from the centre since the sums were rebuilt. */
  #peak = 0;
  /** Whether the sums were rebuilt since the last anchor, or since nothing was known. */
  #fresh = false;
  /** Whether sums have overflowed for good: nothing leaves a window of all rows. */
  #over = false;

  constructor(window: SortedWindow) {
    this.#window = window;
    this.#below = new Side(window, 1);
  }

  entered(slot: number): void {
    this.#shift(slot, 1);
    this.#below.entered(slot);
  }

  left(slot: number): void {
    this.#shift(slot, -1);
    this.#below.left(slot);
    if (this.#window.known === 0) this.#fresh = false;
  }

  at(row: number): number {
    const { tally, current, known } = this.#window;
    const { anchors, rows } = this.#window.over;
    const all = rows === Number.POSITIVE_INFINITY;
    // Before a flat window is told: what the sums hold must not depend on how long ago an anchor was of use.
    if (anchors[row] === 1 && !all) this.#fresh = false;
    if (current >= 0 && tally.counts[current] === known) return 0;
    if (this.#over) return Number.NaN;
    if (!this.#fresh) this.#rebuild(row);
    const value = this.#value();
    if (!this.#worn(value)) return value;
    this.#rebuild(row);
    const again = this.#value();
    const finite = again - again === 0;
    this.#over = all && !finite;
    return finite ? again : Number.NaN;
  }

  #value(): number {
    const { known } = this.#window;
    const mean = total(this.#all, 0) / known;
    this.#below.seekBelow(mean);
    return (2 * (this.#below.count * mean - this.#below.sum)) / known;
  }

  /** NaN after an overflow counts. */
  #worn(value: number): boolean {
    const mean = total(this.#all, 0) / this.#window.known;
    const finite = value - value === 0;
    return !(finite && Math.abs(mean) <= FAR * value && value >= this.#peak * LEAST_LEFT);
  }

  #shift(slot: number, sign: 1 | -1): void {
    const d = (this.#window.values[slot] ?? 0) - this.#below.center;
    add(this.#all, 0, sign * d);
    this.#peak = Math.max(this.#peak, Math.abs(d));
  }

  #rebuild(row: number): void {
    const { x, rows } = this.#window.over;
    const from = Math.max(0, row - rows + 1);
    const center = centerOf(x, from, row);
    this.#fresh = true;
    this.#below.reset(center);
    this.#all.fill(0);
    this.#peak = 0;
    for (let j = from; j <= row; j += 1) {
      const d = (x[j] ?? Number.NaN) - center;
      if (isMissing(d)) continue;
      add(this.#all, 0, d);
      this.#peak = Math.max(this.#peak, Math.abs(d));
    }
  }
}
