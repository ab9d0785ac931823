import { Cursor } from './cursor.js';
import { MISSING } from './missing.js';
import { between } from './quantile.js';
import type { SortedStatistic, SortedWindow } from './sorted-window.js';

/**
 * Median distance from the median. The values nearest to the median are neighbours in sorted order, so the stretch that holds
 * them is found by where it begins: near where it began a row before, else in strides that double and then by bisection. The
 * farthest of them stands at one of its ends, and the next at an end of the rest.
 */
export class Mad implements SortedStatistic {
  readonly #window: SortedWindow;
  readonly #middle: Cursor;
  readonly #first: Cursor;
  readonly #last: Cursor;
  #start = 0;

  constructor(window: SortedWindow) {
    this.#window = window;
    this.#middle = new Cursor(window.tally, window.ranks());
    this.#first = new Cursor(window.tally, window.ranks());
    this.#last = new Cursor(window.tally, window.ranks());
  }

  entered(slot: number): void {
    this.#middle.entered(slot);
    this.#first.entered(slot);
    this.#last.entered(slot);
  }

  left(slot: number): void {
    this.#middle.left(slot);
    this.#first.left(slot);
    this.#last.left(slot);
  }

  at(): number {
    const { known } = this.#window;
    const half = known >>> 1;
    if (known % 2 === 1) {
      const center = this.#value(this.#middle, half);
      this.#seek(center, half);
      return Math.max(this.#before(center, 0), this.#after(center, half));
    }
    const below = this.#value(this.#middle, half - 1);
    const center = between(below, this.#value(this.#middle, half), 0.5);
    this.#seek(center, half);
    const left = this.#before(center, 0);
    const right = this.#after(center, half);
    return left > right
      ? between(Math.max(this.#before(center, 1), right), left, 0.5)
      : between(Math.max(left, this.#after(center, half - 1)), right, 0.5);
  }

  /** Find where the stretch of the `rank + 1` values nearest to the centre begins. */
  #seek(center: number, rank: number): void {
    const end = this.#window.known - 1 - rank;
    let low = 0;
    let high = end;
    let stride = 1;
    let at = Math.min(this.#start, end);
    while (low < high) {
      this.#start = at;
      // Whether the value after the stretch is nearer than its first.
      const early = at < end && this.#before(center, 0) > this.#after(center, rank + 1);
      if (early) low = at + 1;
      else high = at;
      const next = early ? at + stride : at - stride;
      stride *= 2;
      at = next >= low && next < high ? next : (low + high) >>> 1;
    }
    this.#start = low;
  }

  /** How far below the centre a value of the stretch stands. */
  #before(center: number, rank: number): number {
    return center - this.#value(this.#first, this.#start + rank);
  }

  /** How far above the centre a value of the stretch stands. */
  #after(center: number, rank: number): number {
    return this.#value(this.#last, this.#start + rank) - center;
  }

  #value(cursor: Cursor, rank: number): number {
    return this.#window.values[cursor.seek(rank)] ?? MISSING;
  }
}
