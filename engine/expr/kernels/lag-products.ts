import { correlationOf } from './lag-correlation.js';
import { LaggedPairs } from './lagged-pairs.js';
import { lossy } from './uncompensated.js';

/** A side of the pairs with less than this share of the window's squares is worked out from the rows, as its sums have lost digits. */
const LEAST_SIDE = 1e-6;

/**
 * Products of a rolling window with itself 1, 2, … lags later, about a centre near its mean. Lags are counted in rows: a
 * missing row leaves out its pairs and moves no others closer. The sums are rebuilt about the window's own
 * mean at anchors, when the mean has moved away, and when a far value that ruled them has left. A window that only grows
 * needs no anchors.
 */
export class LagProducts {
  readonly #lags: readonly LaggedPairs[];
  #row = -1;
  #center = 0;
  #known = 0;
  #sum = 0;
  #squares = 0;
  #peak = 0;
  #equal = 0;
  #last = Number.NaN;

  /** @param window  rows, more than lags; Infinity for all so far. */
  constructor(
    readonly x: Readonly<Float64Array>,
    lags: number,
    readonly window: number,
    readonly anchors: Readonly<Uint8Array>,
  ) {
    this.#lags = Array.from({ length: lags }, () => new LaggedPairs());
  }

  get known(): number {
    return this.#known;
  }

  /** Whether all known values are equal. */
  get flat(): boolean {
    return this.#equal >= this.#known;
  }

  /** Move on to the next row. */
  next(): void {
    this.#row += 1;
    const leaves = this.#row - this.window;
    this.#enter(this.#row);
    if (leaves >= 0) this.#leave(leaves);
    const anchored = this.window < Number.POSITIVE_INFINITY && this.anchors[this.#row] === 1;
    const lost = !this.flat && lossy(this.#sum, this.#squares, this.#known, this.#peak);
    if (anchored || lost) this.#rebuild();
  }

  /** Sum of squares about the window's mean. */
  squares(): number {
    return this.#squares - (this.#sum * this.#sum) / this.#known;
  }

  /** How many pairs of known values stand `lag` rows apart. */
  pairs(lag: number): number {
    return this.#at(lag).count;
  }

  /** Sum of the products of pairs `lag` rows apart, about the window's mean. */
  products(lag: number): number {
    return this.#at(lag).productsAbout(this.#sum / this.#known);
  }

  /** Pearson's correlation of the pairs `lag` rows apart, each side about its own mean; NaN where either side is flat. */
  correlation(lag: number): number {
    const value = this.#at(lag).correlation(LEAST_SIDE * this.#squares);
    return Number.isNaN(value) ? correlationOf(this.x, lag, this.#first, this.#row) : value;
  }

  get #first(): number {
    return Math.max(0, this.#row - this.window + 1);
  }

  #at(lag: number): LaggedPairs {
    const pairs = this.#lags[lag - 1];
    if (pairs === undefined) throw new RangeError(`There is no lag ${lag}.`);
    return pairs;
  }

  #enter(row: number): void {
    const v = this.x[row] ?? Number.NaN;
    if (Number.isNaN(v)) return;
    this.#equal = v === this.#last ? this.#equal + 1 : 1;
    this.#last = v;
    this.#count(v - this.#center, 1);
    if (this.#squares > this.#peak) this.#peak = this.#squares;
    this.#pair(row, 0);
  }

  /** Add the pairs of a row with the rows before it, from `first` on. */
  #pair(row: number, first: number): void {
    const late = (this.x[row] ?? Number.NaN) - this.#center;
    const most = Math.min(this.#lags.length, row - first);
    for (let lag = 1; lag <= most; lag += 1) {
      const early = (this.x[row - lag] ?? Number.NaN) - this.#center;
      if (!Number.isNaN(early)) this.#lags[lag - 1]?.shift(early, late, 1);
    }
  }

  #leave(row: number): void {
    const early = (this.x[row] ?? Number.NaN) - this.#center;
    if (Number.isNaN(early)) return;
    this.#count(early, -1);
    for (let lag = 1; lag <= this.#lags.length; lag += 1) {
      const late = (this.x[row + lag] ?? Number.NaN) - this.#center;
      if (!Number.isNaN(late)) this.#lags[lag - 1]?.shift(early, late, -1);
    }
  }

  #count(d: number, sign: 1 | -1): void {
    this.#known += sign;
    this.#sum += sign * d;
    this.#squares += sign * d * d;
  }

  #rebuild(): void {
    let sum = 0;
    for (let i = this.#first; i <= this.#row; i += 1) {
      const v = this.x[i] ?? Number.NaN;
      if (!Number.isNaN(v)) sum += v;
    }
    this.#center = this.#known > 0 ? sum / this.#known : 0;
    this.#known = 0;
    this.#sum = 0;
    this.#squares = 0;
    for (const pairs of this.#lags) pairs.clear();
    for (let i = this.#first; i <= this.#row; i += 1) {
      const d = (this.x[i] ?? Number.NaN) - this.#center;
      if (Number.isNaN(d)) continue;
      this.#count(d, 1);
      this.#pair(i, this.#first);
    }
    this.#peak = this.#squares;
  }
}
