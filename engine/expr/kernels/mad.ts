import { Cursor } from './cursor.js';
import { between } from './quantile.js';
import type { SortedStatistic, SortedWindow } from './sorted-window.js';

/** Steps that a stretch may take a row, on average, before it is looked up instead. */
const FAR = 4;

/**
 * Median distance from the median. The values nearest to the median are neighbours in sorted order: the stretch that holds them
 * slides after it, a few steps a row. The farthest of them stands at one of its ends, and the next at an end of the rest.
 */
export class Mad implements SortedStatistic {
  readonly #window: SortedWindow;
  readonly #middle: Cursor;
  readonly #first: Cursor;
  readonly #last: Cursor;
  /** How many values equal to its first stand before the stretch. */
  #skipped = 0;
  /** Steps that it has left: at first what a walk through the window takes. */
  #ease: number;

  constructor(window: SortedWindow) {
    this.#window = window;
    this.#middle = new Cursor(window.tally);
    this.#first = new Cursor(window.tally);
    this.#last = new Cursor(window.tally);
    this.#ease = window.known;
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
    const odd = known % 2 === 1;
    const rank = odd ? half : half - 1;
    const below = this.#value(this.#middle.seek(rank));
    const center = odd ? below : between(below, this.#value(this.#middle.after(rank)), 0.5);
    const start = this.#slide(center, half);
    const left = center - this.#value(this.#first.slot);
    const right = this.#value(this.#last.slot) - center;
    if (odd) return Math.max(left, right);
    return left > right
      ? between(Math.max(center - this.#value(this.#first.after(start)), right), left, 0.5)
      : between(Math.max(left, this.#value(this.#last.before(start + half)) - center), right, 0.5);
  }

  /** Move the stretch to the `length + 1` values nearest to the centre; gives the rank of its first. */
  #slide(center: number, length: number): number {
    const first = this.#first;
    const last = this.#last;
    const end = this.#window.known - 1 - length;
    let start = Math.min(first.below + this.#skipped, end);
    first.seek(start);
    last.seek(start + length);
    for (this.#ease += FAR; this.#ease > 0; this.#ease -= 1) {
      const left = center - this.#value(first.slot);
      const right = this.#value(last.slot) - center;
      if (start < end && left > this.#value(last.after(start + length)) - center) start += 1;
      else if (start > 0 && right > center - this.#value(first.before(start))) start -= 1;
      else break;
      first.seek(start);
      last.seek(start + length);
    }
    if (this.#ease === 0) start = this.#leap(center, length);
    this.#skipped = start - first.below;
    return start;
  }

  /** As `#slide`, by bisection. */
  #leap(center: number, length: number): number {
    const ranks = this.#window.ranks();
    let low = 0;
    let high = this.#window.known - 1 - length;
    while (low < high) {
      const start = (low + high) >>> 1;
      const left = center - this.#value(ranks.select(start));
      const right = this.#value(ranks.select(start + length + 1)) - center;
      if (left > right) low = start + 1;
      else high = start;
    }
    this.#first.leap(low, ranks);
    this.#last.leap(low + length, ranks);
    return low;
  }

  #value(slot: number): number {
    return this.#window.values[slot] ?? Number.NaN;
  }
}
