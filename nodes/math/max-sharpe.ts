import type { LinearRow } from './constraints.js';
import { sameSize } from './guard.js';
import { type Matrix, plusDiagonal, quadratic } from './matrix.js';
import { TIKHONOV } from './min-variance.js';
import { solveQp } from './qp.js';
import { attainable, feasibleCap } from './simplex.js';
import { dot, type Vector } from './vector.js';

/** What a maximum-Sharpe portfolio must keep to. */
export interface MaxSharpeRule {
  /** Largest weight of one asset; relaxed to 1/n when that would forbid full investment. */
  readonly cap: number;
  /** Added to the diagonal beside 10⁻⁶; 0 unless told. */
  readonly gamma?: number | undefined;
  /** Per year; 0 unless told. */
  readonly riskFree?: number | undefined;
}

/** A maximum-Sharpe portfolio, or why there is none. */
export type MaxSharpe =
  | {
      readonly status: 'optimal' | 'unsettled';
      readonly weights: Float64Array;
      readonly effectiveCap: number;
      /** Excess mean over volatility, without the terms added to the diagonal. */
      readonly sharpe: number;
      /** The ratio that was maximised. */
      readonly regularisedRatio: number;
      readonly residual: number;
      readonly steps: number;
    }
  | {
      readonly status: 'no-positive-excess';
      readonly effectiveCap: number;
      /** The best excess mean within the cap: not above 0. Use another objective, and say so. */
      readonly bestAttainableMean: number;
    };

/**
 * Long-only portfolio of largest (μ − r)′w / √(w′(C + (10⁻⁶ + γ)I)w), Σw = 1, 0 ≤ w ≤ max(cap, 1/n), by the change of
 * variable of Charnes and Cooper: minimise y′Qy with (μ − r)′y = 1 and y ≤ cap·Σy, then w = y/Σy.
 * @param covariance  N × N, return² per year
 * @param mean        N returns per year
 * @throws            math/not-definite, math/not-finite, math/sizes-differ
 */
export function maxSharpe(covariance: Matrix, mean: Vector, rule: MaxSharpeRule): MaxSharpe {
  const n = covariance.rows;
  sameSize('assets and their means', n, mean.length);
  const effectiveCap = feasibleCap(rule.cap, n);
  const excess = Float64Array.from(mean, (m) => m - (rule.riskFree ?? 0));
  const bestAttainableMean = attainable(excess, 0, effectiveCap).most;
  if (!(bestAttainableMean > 0)) {
    return { status: 'no-positive-excess', effectiveCap, bestAttainableMean };
  }
  const P = plusDiagonal(covariance, TIKHONOV + (rule.gamma ?? 0));
  // In units of the best attainable mean, y is of the size of weights whatever the bars.
  const coefficients = excess.map((x) => x / bestAttainableMean);
  const rows: LinearRow[] = [{ coefficients, least: 1, most: 1 }];
  if (effectiveCap < 1) {
    for (let i = 0; i < n; i++) {
      const room = new Float64Array(n).fill(effectiveCap);
      room[i] = effectiveCap - 1;
      rows.push({ coefficients: room, least: 0, most: Infinity });
    }
  }
  const solution = solveQp({ P, lower: 0, rows });
  const total = solution.weights.reduce((sum, y) => sum + y, 0);
  const weights = solution.weights.map((y) => y / total);
  const reward = dot(excess, weights);
  return {
    status: solution.status === 'optimal' ? 'optimal' : 'unsettled',
    weights,
    effectiveCap,
    sharpe: reward / Math.sqrt(quadratic(covariance, weights)),
    regularisedRatio: reward / Math.sqrt(quadratic(P, weights)),
    residual: solution.residual,
    steps: solution.steps,
  };
}
