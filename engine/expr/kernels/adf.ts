import { allKnown, CrossMoments } from './cross-moments.js';
import { DickeyFuller, ROUNDING } from './dickey-fuller.js';
import { unitRootP } from './mackinnon.js';

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
  const moments = new CrossMoments(test.size, (row, vector) => observe(x, row, lags, vector));
  const inside = window - 1 - lags;
  for (let i = 0; i < x.length; i += 1) {
    moments.add(i);
    if (i >= inside) moments.remove(i - inside);
    const anchored = window < Number.POSITIVE_INFINITY && anchors[i] === 1;
    if (anchored || !moments.precise()) moments.rebuild(Math.max(0, i - inside + 1), i);
    out[i] = moments.rows < least - 1 - lags ? Number.NaN : unitRootP(statistic(test, moments), 1);
  }
}

/** Lagged changes, the lagged level, the change. */
function observe(
  x: Readonly<Float64Array>,
  row: number,
  lags: number,
  vector: Float64Array,
): boolean {
  if (row < lags + 1) return false;
  for (let k = 1; k <= lags; k += 1)
    vector[k - 1] = (x[row - k] ?? Number.NaN) - (x[row - k - 1] ?? Number.NaN);
  const level = x[row - 1] ?? Number.NaN;
  const change = (x[row] ?? Number.NaN) - level;
  vector[lags] = level;
  vector[lags + 1] = change;
  return allKnown(vector);
}

/** Products about the means, which takes the constant out. */
function statistic(test: DickeyFuller, moments: CrossMoments): number {
  const { lags, size } = test;
  for (let i = 0; i < size; i += 1)
    for (let j = 0; j <= i; j += 1) test.set(i, j, moments.about(i, j));
  const mean = moments.mean(lags);
  const level = moments.rows * mean * mean + moments.about(lags, lags);
  return test.t(moments.rows - lags - 2, level * ROUNDING);
}
