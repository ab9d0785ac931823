import { Cursor } from './cursor.js';
import type { SortedStatistic, SortedWindow } from './sorted-window.js';

/** Linear between order statistics: h = (k − 1) q. For windows too long for `quantiles.ts`. */
export class Quantile implements SortedStatistic {
  readonly #window: SortedWindow;
  readonly #cursor: Cursor;
  readonly #q: number;

  constructor(window: SortedWindow, q: number) {
    this.#window = window;
    this.#cursor = new Cursor(window.tally);
    this.#q = q;
  }

  entered(slot: number): void {
    this.#cursor.entered(slot);
  }

  left(slot: number): void {
    this.#cursor.left(slot);
  }

  at(): number {
    const { values, tally, known } = this.#window;
    const h = (known - 1) * this.#q;
    const low = Math.floor(h);
    const slot = this.#cursor.seek(low);
    const a = values[slot] ?? Number.NaN;
    if (low + 1 < this.#cursor.below + (tally.counts[slot] ?? 0) || low >= known - 1) return a;
    return between(a, values[tally.next(slot)] ?? Number.NaN, h - low);
  }
}

/** The value a share of the way from one to another; missing where their distance overflows. */
export function between(a: number, b: number, share: number): number {
  const value = a + share * (b - a);
  return value - value === 0 ? value : Number.NaN;
}
