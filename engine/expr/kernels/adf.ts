import { CrossMoments } from './cross-moments.js';
import { DickeyFuller, ROUNDING, regressors } from './dickey-fuller.js';
import { unitRootP } from './mackinnon.js';
import { Vectors } from './vectors.js';

/** How a window is read. */
export interface UnitRootWindow {
  /** Rows; Infinity for all so far. */
  readonly window: number;
  /** Lagged changes in the regression. */
  readonly lags: number;
  /** Rows without a gap that are needed. */
  readonly least: number;
}

/**
 * Rolling p-value of the augmented Dickey–Fuller test with a constant, from cross-moments of the change, its lags and the
 * lagged level over the rows of the window whose regressors are known and lie in the window too.
 * @param out  NaN with fewer such rows than `least` without a gap have, where the window is flat, and where the fit is perfect.
 * @see        Said & Dickey (1984), Biometrika 71
 */
export function rollingAdf(
  x: Readonly<Float64Array>,
  { window, lags, least }: UnitRootWindow,
  anchors: Readonly<Uint8Array>,
  out: Float64Array,
): void {
  const test = new DickeyFuller(lags);
  const bases = Int32Array.from(regressors(lags, x.length, 0));
  const moments = new CrossMoments(new Vectors(withChanges(x), bases, lags + 1));
  const inside = window - 1 - lags;
  for (let i = 0; i < x.length; i += 1) {
    moments.add(i);
    if (i >= inside) moments.remove(i - inside);
    const anchored = window < Number.POSITIVE_INFINITY && anchors[i] === 1;
    if (anchored || !moments.precise()) moments.rebuild(Math.max(0, i - inside + 1), i);
    out[i] = moments.rows < least - 1 - lags ? Number.NaN : unitRootP(statistic(test, moments), 1);
  }
}

/** The levels, then the change of each row. */
function withChanges(x: Readonly<Float64Array>): Float64Array {
  const data = new Float64Array(2 * x.length);
  data.set(x);
  for (let i = 0; i < x.length; i += 1)
    data[x.length + i] = (x[i] ?? Number.NaN) - (x[i - 1] ?? Number.NaN);
  return data;
}

/** Products about the means, which takes the constant out. */
function statistic(test: DickeyFuller, moments: CrossMoments): number {
  const { lags, size } = test;
  for (let i = 0; i < size; i += 1)
    for (let j = 0; j <= i; j += 1) test.products[i * size + j] = moments.about(i, j);
  const mean = moments.mean(lags);
  const level = moments.rows * mean * mean + moments.about(lags, lags);
  return test.t(moments.rows - lags - 2, level * ROUNDING);
}
