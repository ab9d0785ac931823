import { CrossMoments } from './cross-moments.js';
import { DickeyFuller, ROUNDING, regressors } from './dickey-fuller.js';
import { LEAST_SHARE } from './uncompensated.js';
import { Vectors } from './vectors.js';

/**
 * Moments of two series from which the regression of one on the other, and then that of its residuals, follow.
 * 1. The residuals of every row change when the hedge ratio does, so none are kept; their products follow from those of
 *    y and x.
 * 2. Where the two run close together these would cancel. So y stands as its distance from a line through the window at
 *    which the sums were last rebuilt, and they are to be rebuilt when that line no longer fits.
 * 3. These distances, x, and the changes of both are worked out once for each row that comes, and for those of the window when
 *    the line is drawn anew.
 */
export class HedgedPair {
  /** Of the two levels. */
  readonly levels: CrossMoments;
  /** Of what makes up the regression of residuals, for y and then for x: lagged changes, lagged level, change. */
  readonly changes: CrossMoments;
  readonly #test: DickeyFuller;
  /** Levels are taken about the window's means, changes about 0. */
  readonly #origins: Float64Array;
  /** Distances of y from the line, x about its origin, changes of these distances, changes of x. */
  readonly #data: Float64Array;
  #originY = 0;
  #originX = 0;
  #slope = 0;

  constructor(
    readonly y: Readonly<Float64Array>,
    readonly x: Readonly<Float64Array>,
    readonly lags: number,
  ) {
    const rows = y.length;
    this.#test = new DickeyFuller(lags);
    this.#origins = new Float64Array(2 * this.#test.size);
    this.#data = new Float64Array(4 * rows);
    const data = this.#data;
    const own = [...regressors(lags, 2 * rows, 0), ...regressors(lags, 3 * rows, rows)];
    this.levels = new CrossMoments(new Vectors(data, Int32Array.of(0, rows), 0));
    this.changes = new CrossMoments(new Vectors(data, Int32Array.from(own), lags + 1));
  }

  /** Take in a row, the one after those before, and take out a row of levels and one of changes; below 0 there is none. */
  move(row: number, level: number, change: number): void {
    this.#measure(row, row);
    this.#difference(row, row);
    this.levels.move(row, level);
    this.changes.move(row, change);
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
    this.#measure(first, last);
    this.levels.rebuild(first, last);
    if (this.levels.rows > 0) {
      const squares = this.levels.about(1, 1);
      this.#slope = squares > 0 ? this.levels.about(0, 1) / squares : 0;
      this.#originY = this.levels.mean(0);
      this.#originX = this.levels.mean(1);
    }
    this.#measure(first, last);
    this.#difference(first, last);
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
    changes.differences(slope, this.#origins, this.#test.products);
    return this.#test.t(changes.rows - lags - 1, this.#rounding(squares));
  }

  /** Sum of squares that rounding of y and of its line can make. */
  #rounding(squares: number): number {
    const y = Math.abs(this.#originY) + Math.abs(this.#slope * this.#originX);
    const rows = this.levels.rows;
    return ROUNDING * (rows * y * y + this.#slope * this.#slope * squares);
  }

  /** Set the levels of some rows. */
  #measure(first: number, last: number): void {
    const { x, y } = this;
    const data = this.#data;
    const rows = y.length;
    const originX = this.#originX;
    const originY = this.#originY;
    const slope = this.#slope;
    for (let row = first; row <= last; row += 1) {
      const level = (x[row] ?? Number.NaN) - originX;
      data[row] = (y[row] ?? Number.NaN) - originY - slope * level;
      data[rows + row] = level;
    }
  }

  /** Set the changes of some rows, of which the first is not one of the window unless it comes alone. */
  #difference(first: number, last: number): void {
    const { x } = this;
    const data = this.#data;
    const rows = x.length;
    for (let row = Math.max(1, first); row <= last; row += 1) {
      data[2 * rows + row] = (data[row] ?? Number.NaN) - (data[row - 1] ?? Number.NaN);
      data[3 * rows + row] = (x[row] ?? Number.NaN) - (x[row - 1] ?? Number.NaN);
    }
  }
}
