import { wholeAtLeast } from './guard.js';
import { type Matrix, plusDiagonal, quadratic } from './matrix.js';
import { type QuadraticSolution, solveQp } from './qp.js';
import { attainable, feasibleCap } from './simplex.js';
import type { Vector } from './vector.js';

/** Added to the diagonal of a risk matrix in every quadratic objective, so that it is never singular. */
export const TIKHONOV = 1e-6;

/** What a minimum-variance portfolio must keep to. */
export interface MinVarianceRule {
  /** Largest weight of one asset; relaxed to 1/n when that would forbid full investment. */
  readonly cap: number;
  /** Weight of |w|² in the objective; 0 unless told. */
  readonly l2?: number | undefined;
  /** Keep |β·w − target| within a tolerance; default target 0, tolerance 0.05 from 15 assets on, else 0.15. */
  readonly neutral?: {
    readonly betas: Vector;
    readonly target?: number | undefined;
    readonly tolerance?: number | undefined;
  };
}

/** A portfolio that a quadratic program gave. */
export interface SolvedWeights extends Omit<QuadraticSolution, 'binding'> {
  /** max(cap, 1/n): differs from the cap asked for when that was infeasible. */
  readonly effectiveCap: number;
  /** √(w′Cw) on the matrix given, without the terms added to the objective. */
  readonly volatility: number;
  /** The range of β·w within the bounds, when neutrality was asked for: says why `infeasible`. */
  readonly attainableBeta?: { readonly least: number; readonly most: number };
}

/** Where nothing has to be neutral some portfolio keeps to the bounds, so that it is never infeasible. */
export interface SettledWeights extends SolvedWeights {
  readonly status: Exclude<QuadraticSolution['status'], 'infeasible'>;
}

/**
 * Long-only portfolio of least w′(C + 10⁻⁶I)w + l2·|w|² with Σw = 1 and 0 ≤ w ≤ max(cap, 1/n), neutral to a benchmark
 * if asked.
 * @param covariance  N × N, return² per year
 * @returns           weights; NaN with status `infeasible` when no portfolio is neutral enough
 * @throws            math/not-definite, math/not-finite, math/sizes-differ
 */
export function minVariance(
  covariance: Matrix,
  rule: Omit<MinVarianceRule, 'neutral'> & { readonly neutral?: never },
): SettledWeights;
export function minVariance(covariance: Matrix, rule: MinVarianceRule): SolvedWeights;
export function minVariance(covariance: Matrix, rule: MinVarianceRule): SolvedWeights {
  const n = covariance.rows;
  wholeAtLeast('assets', n, 1);
  const effectiveCap = feasibleCap(rule.cap, n);
  const penalised = plusDiagonal(covariance, TIKHONOV + (rule.l2 ?? 0));
  const budget = { coefficients: new Float64Array(n).fill(1), least: 1, most: 1 };
  const rows = [budget];
  const { neutral } = rule;
  if (neutral !== undefined) {
    const tolerance = neutral.tolerance ?? (n >= 15 ? 0.05 : 0.15);
    const target = neutral.target ?? 0;
    const coefficients = Float64Array.from(neutral.betas);
    rows.push({ coefficients, least: target - tolerance, most: target + tolerance });
  }
  const P = { ...penalised, values: penalised.values.map((x) => 2 * x) };
  const { binding: _, ...solution } = solveQp({ P, lower: 0, upper: effectiveCap, rows });
  const volatility = Math.sqrt(quadratic(covariance, solution.weights));
  const range = neutral && { attainableBeta: attainable(neutral.betas, 0, effectiveCap) };
  return { ...solution, effectiveCap, volatility, ...range };
}
