import { allKnown, CrossMoments } from './cross-moments.js';
import { DickeyFuller, ROUNDING } from './dickey-fuller.js';
import { LEAST_SHARE } from './uncompensated.js';

/**
 * Moments of two series from which the regression of one on the other, and then that of its residuals, follow.
 * 1. The residuals of every row change when the hedge ratio does, so none are kept; their products follow from those of
 *    y and x.
 * 2. Where the two run close together these would cancel. So y stands as its distance from a line through the window at
 *    which the sums were last rebuilt, and they are to be rebuilt when that line no longer fits.
 */
export class HedgedPair {
  /** Of the two levels. */
  readonly levels: CrossMoments;
  /** Of what makes up the regression of residuals, for y and then for x: lagged changes, lagged level, change. */
  readonly changes: CrossMoments;
  readonly #test: DickeyFuller;
  /** Levels are taken about the window's means, changes about 0. */
  readonly #origins: Float64Array;
  #originY = 0;
  #originX = 0;
  #slope = 0;

  constructor(
    readonly y: Readonly<Float64Array>,
    readonly x: Readonly<Float64Array>,
    readonly lags: number,
  ) {
    this.#test = new DickeyFuller(lags);
    this.#origins = new Float64Array(2 * this.#test.size);
    this.levels = new CrossMoments(2, (row, vector) => this.#level(row, vector));
    this.changes = new CrossMoments(2 * this.#test.size, (row, vector) =>
      this.#change(row, vector),
    );
  }

  precise(): boolean {
    const rest = this.levels.about(0, 0);
    const both = this.levels.about(0, 1);
    const fits = both * both <= (1 - LEAST_SHARE) * rest * this.levels.about(1, 1);
    return fits && this.levels.precise() && this.changes.precise();
  }

  /** From the rows of the window, and those of them whose regressors lie in it. */
  rebuild(first: number, firstChange: number, last: number): void {
    this.#originX = 0;
    this.#originY = 0;
    this.#slope = 0;
    this.levels.rebuild(first, last);
    if (this.levels.rows > 0) {
      const squares = this.levels.about(1, 1);
      this.#slope = squares > 0 ? this.levels.about(0, 1) / squares : 0;
      this.#originY = this.levels.mean(0);
      this.#originX = this.levels.mean(1);
    }
    this.levels.rebuild(first, last);
    this.changes.rebuild(firstChange, last);
  }

  /** The t of the lagged residual. */
  t(): number {
    const { levels, changes, lags } = this;
    const squares = levels.about(1, 1);
    const slope = levels.about(0, 1) / squares;
    const { size } = this.#test;
    this.#origins[lags] = levels.mean(0);
    this.#origins[size + lags] = levels.mean(1);
    for (let i = 0; i < size; i += 1)
      for (let j = 0; j <= i; j += 1) {
        const mixed = this.#product(i, size + j) + this.#product(size + i, j);
        const own = this.#product(i, j) - slope * mixed;
        this.#test.set(i, j, own + slope * slope * this.#product(size + i, size + j));
      }
    return this.#test.t(changes.rows - lags - 1, this.#rounding(squares));
  }

  #product(i: number, j: number): number {
    return this.changes.aboutOrigins(i, j, this.#origins[i] ?? 0, this.#origins[j] ?? 0);
  }

  /** Sum of squares that rounding of y and of its line can make. */
  #rounding(squares: number): number {
    const y = Math.abs(this.#originY) + Math.abs(this.#slope * this.#originX);
    const rows = this.levels.rows;
    return ROUNDING * (rows * y * y + this.#slope * this.#slope * squares);
  }

  #residual(row: number): number {
    const y = (this.y[row] ?? Number.NaN) - this.#originY;
    return y - this.#slope * ((this.x[row] ?? Number.NaN) - this.#originX);
  }

  #level(row: number, vector: Float64Array): boolean {
    vector[0] = this.#residual(row);
    vector[1] = (this.x[row] ?? Number.NaN) - this.#originX;
    return !Number.isNaN(vector[0]);
  }

  #change(row: number, vector: Float64Array): boolean {
    const { lags } = this;
    if (row < lags + 1) return false;
    const half = lags + 2;
    for (let k = 0; k <= lags; k += 1) {
      const at = k === 0 ? lags + 1 : k - 1;
      vector[at] = this.#residual(row - k) - this.#residual(row - k - 1);
      vector[half + at] = (this.x[row - k] ?? Number.NaN) - (this.x[row - k - 1] ?? Number.NaN);
    }
    vector[lags] = this.#residual(row - 1);
    vector[half + lags] = (this.x[row - 1] ?? Number.NaN) - this.#originX;
    return allKnown(vector);
  }
}
