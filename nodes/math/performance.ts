import { maxDrawdown } from './drawdown.js';
import { inRange } from './guard.js';
import { present } from './missing.js';
import { compounded } from './power.js';
import { deviation, mean } from './sum.js';
import { tailLoss } from './tail-loss.js';
import type { Vector } from './vector.js';

/** What a return series earned and risked. A ratio whose divisor is 0 is NaN. */
export interface Performance {
  /** Returns that were present; missing ones are left out. */
  readonly observations: number;
  /** Π(1 + r) − 1. */
  readonly totalReturn: number;
  /** Growth per year: (1 + total)^(bars a year / observations) − 1; −1 after ruin. */
  readonly cagr: number;
  /** Standard deviation (ddof 1) · √bars a year. */
  readonly annualisedVolatility: number;
  /** Standard deviation (ddof 1) · √observations. */
  readonly periodVolatility: number;
  /** Mean over standard deviation · √bars a year, over a zero rate. */
  readonly sharpe: number;
  /** Mean over √(mean of min(r, 0)² over all bars) · √bars a year. */
  readonly sortino: number;
  /** From 0 to −1; equity starts at 1. */
  readonly maxDrawdown: number;
  /** CAGR over the size of the deepest drawdown. */
  readonly calmar: number;
  /** Σ gains over Σ losses. */
  readonly omega: number;
  /** 5 % quantile of returns (type 7). */
  readonly var95: number;
  /** Mean of the returns at or below it. */
  readonly cvar95: number;
  /** Share of bars with a gain. */
  readonly hitRate: number;
}

/**
 * Performance of simple returns per bar.
 * @param barsPerYear  of the market's calendar, e.g. 365 for daily crypto bars
 * @throws             math/out-of-range when barsPerYear is not above 0
 */
export function performance(returns: Vector, barsPerYear: number): Performance {
  inRange('barsPerYear', barsPerYear, barsPerYear > 0, 'above 0');
  const r = present(returns);
  const n = r.length;
  const totalReturn = r.reduce((equity, x) => equity * (1 + x), 1) - 1;
  const cagr = totalReturn <= -1 ? -1 : compounded(totalReturn, barsPerYear / n);
  const sd = deviation(r);
  const year = Math.sqrt(barsPerYear);
  const gains = r.reduce((sum, x) => sum + Math.max(x, 0), 0);
  const losses = r.reduce((sum, x) => sum - Math.min(x, 0), 0);
  const downside = Math.sqrt(r.reduce((sum, x) => sum + Math.min(x, 0) * Math.min(x, 0), 0) / n);
  const depth = maxDrawdown(r);
  const tail = tailLoss(r);
  return {
    observations: n,
    totalReturn: n === 0 ? NaN : totalReturn,
    cagr: n === 0 ? NaN : cagr,
    annualisedVolatility: sd * year,
    periodVolatility: sd * Math.sqrt(n),
    sharpe: ratio(mean(r) * year, sd),
    sortino: ratio(mean(r) * year, downside),
    maxDrawdown: depth,
    calmar: ratio(cagr, -depth),
    omega: ratio(gains, losses),
    var95: tail.quantile,
    cvar95: tail.beyond,
    hitRate: ratio(
      r.reduce((count, x) => count + (x > 0 ? 1 : 0), 0),
      n,
    ),
  };
}

function ratio(above: number, below: number): number {
  return below > 0 ? above / below : NaN;
}
