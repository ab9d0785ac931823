import { between } from './quantile.js';
import { Side } from './side.js';
import type { SortedStatistic, SortedWindow } from './sorted-window.js';

/** A value that left the tail and was this much larger than what stays may have taken digits along. */
const FAR = 1e8;

/**
 * Mean of the values at or beyond a quantile, on the side of the nearer end. Their sum follows the quantile through the sorted
 * window and is rebuilt at anchors, and when a far value has gone.
 */
export class TailMean implements SortedStatistic {
  readonly #window: SortedWindow;
  readonly #tail: Side;
  /** The largest value that has left the tail since the sum was rebuilt. */
  #gone = 0;

  constructor(
    window: SortedWindow,
    readonly q: number,
  ) {
    this.#window = window;
    this.#tail = new Side(window, q < 0.5 ? 1 : -1);
  }

  entered(slot: number): void {
    this.#tail.entered(slot);
  }

  left(slot: number): void {
    this.#tail.left(slot);
    if (this.#tail.holds(slot))
      this.#gone = Math.max(this.#gone, Math.abs(this.#window.values[slot] ?? 0));
    if (this.#window.known === 0) this.#rebuild();
  }

  at(row: number): number {
    const { anchors, rows } = this.#window.over;
    if (anchors[row] === 1 && rows !== Number.POSITIVE_INFINITY) this.#rebuild();
    const value = this.#value();
    if (value - value === 0 && this.#gone <= FAR * Math.abs(value)) return value;
    if (this.#gone === 0) return Number.NaN;
    this.#rebuild();
    const again = this.#value();
    return again - again === 0 ? again : Number.NaN;
  }

  #rebuild(): void {
    this.#tail.reset(0);
    this.#gone = 0;
  }

  /** The mean of what stands beyond the quantile, of its neighbour on that side, and of the other neighbour if equal to it. */
  #value(): number {
    const { values, tally, known } = this.#window;
    const side = this.#tail;
    const h = (known - 1) * this.q;
    const low = Math.floor(h);
    const rank = this.q < 0.5 ? low : known - 1 - Math.min(low + 1, known - 1);
    const slot = side.seek(rank);
    const outer = values[slot] ?? Number.NaN;
    let count = side.count + (tally.counts[slot] ?? 0);
    let sum = side.sum + (tally.counts[slot] ?? 0) * outer;
    if (count > rank + 1 || count >= known) return sum / count;
    const next = side.inward(slot);
    const inner = values[next] ?? Number.NaN;
    const limit = this.q < 0.5 ? between(outer, inner, h - low) : between(inner, outer, h - low);
    if ((limit - inner) * side.sign >= 0) {
      count += tally.counts[next] ?? 0;
      sum += (tally.counts[next] ?? 0) * inner;
    }
    return sum / count;
  }
}
