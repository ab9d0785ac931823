import type { Vector } from './vector.js';

/**
 * Loss from the highest equity so far, at each bar: 0 at a high, −1 at ruin. Equity starts at 1, which counts as a high,
 * so that a loss on the first bar is seen. A missing return leaves equity as it was.
 */
export function drawdowns(returns: Vector): Float64Array {
  const out = new Float64Array(returns.length);
  let equity = 1;
  let high = 1;
  for (let t = 0; t < returns.length; t++) {
    const r = returns[t] ?? NaN;
    if (!Number.isNaN(r)) equity *= 1 + r;
    if (equity > high) high = equity;
    out[t] = equity / high - 1;
  }
  return out;
}

/** The deepest drawdown, from 0 to −1. */
export function maxDrawdown(returns: Vector): number {
  return drawdowns(returns).reduce((least, d) => Math.min(least, d), 0);
}

/** Ulcer index: the root of the mean squared drawdown; NaN without returns. @see Martin & McCann (1989) */
export function ulcer(returns: Vector): number {
  const depth = drawdowns(returns);
  return depth.length === 0 ? NaN : Math.sqrt(depth.reduce((s, d) => s + d * d, 0) / depth.length);
}
