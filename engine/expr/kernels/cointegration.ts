import type { UnitRootWindow } from './adf.js';
import { HedgedPair } from './hedged-pair.js';
import { unitRootP } from './mackinnon.js';

/**
 * Rolling p-value of the Engle–Granger test: y on x with a constant over the rows of the window where both are known, then an
 * augmented Dickey–Fuller regression of the residuals without one, over the rows whose regressors lie in the window.
 * @param out  NaN with too few rows, where either side is flat, and where one is a line of the other.
 * @see        Engle & Granger (1987), Econometrica 55
 */
export function rollingCointegration(
  y: Readonly<Float64Array>,
  x: Readonly<Float64Array>,
  { window, lags, least }: UnitRootWindow,
  anchors: Readonly<Uint8Array>,
  out: Float64Array,
): void {
  const pair = new HedgedPair(y, x, lags);
  const inside = window - 1 - lags;
  for (let i = 0; i < y.length; i += 1) {
    pair.move(i, i - window, i - inside);
    const anchored = window < Number.POSITIVE_INFINITY && anchors[i] === 1;
    if (anchored || !pair.precise())
      pair.rebuild(Math.max(0, i - window + 1), Math.max(0, i - inside + 1), i);
    const enough = pair.changes.rows >= least - 1 - lags;
    out[i] = enough ? unitRootP(pair.t(), 2) : Number.NaN;
  }
}
