import { cholesky, solveLower } from './cholesky.js';
import { inRange, sameSize } from './guard.js';
import { cell, type Matrix, matrix, quadratic, times } from './matrix.js';
import { dot, type Vector } from './vector.js';

/** A portfolio by share of risk. */
export interface RiskBudget {
  /** `unsettled`: out of steps; `residual` says how far the shares are off. */
  readonly status: 'optimal' | 'unsettled';
  /** N weights above 0, summing to 1. */
  readonly weights: Float64Array;
  /** wᵢ(Cw)ᵢ / w′Cw: sums to 1. */
  readonly shares: Float64Array;
  readonly volatility: number;
  /** Largest difference between a share and its budget. */
  readonly residual: number;
  readonly steps: number;
}

const SETTLED = 1e-13;
const MOST_STEPS = 200;

/**
 * Long-only portfolio whose risk shares equal the budgets: minimise ½x′Cx − Σ bᵢ ln xᵢ over x > 0, then w = x/Σx.
 * Damped Newton: full steps only once the Newton decrement is small, which keeps x positive.
 * @param covariance  N × N, variances above 0; it may be singular
 * @param budgets     N shares above 0; equal ones (ERC) if not told. They are scaled to sum to 1.
 * @throws            math/not-definite, math/out-of-range, math/sizes-differ
 * @see               Spinu (2013), An Algorithm for Computing Risk Parity Weights; Maillard, Roncalli & Teïletche (2010)
 */
export function riskParity(covariance: Matrix, budgets?: Vector): RiskBudget {
  const n = covariance.rows;
  const given = Float64Array.from(budgets ?? new Float64Array(n).fill(1));
  sameSize('assets and their risk budgets', n, given.length);
  for (const b of given) inRange('budget', b, b > 0, 'above 0');
  const total = given.reduce((sum, b) => sum + b, 0);
  const b = given.map((x) => x / total);
  // Work on correlations: in units of each volatility the problem is well scaled.
  const sd = Float64Array.from({ length: n }, (_, i) => Math.sqrt(cell(covariance, i, i)));
  const scaled = matrix(
    n,
    n,
    covariance.values.map((x, k) => x / ((sd[Math.floor(k / n)] ?? NaN) * (sd[k % n] ?? NaN))),
  );
  const { x, steps, settled } = newton(scaled, b);
  const raw = x.map((xi, i) => xi / (sd[i] ?? NaN));
  const sum = raw.reduce((s, xi) => s + xi, 0);
  const weights = raw.map((xi) => xi / sum);
  const shares = riskShares(covariance, weights);
  const residual = shares.reduce((m, share, i) => Math.max(m, Math.abs(share - (b[i] ?? 0))), 0);
  const volatility = Math.sqrt(quadratic(covariance, weights));
  return {
    status: settled ? 'optimal' : 'unsettled',
    weights,
    shares,
    volatility,
    residual,
    steps,
  };
}

/** Each weight's share of the portfolio's variance: sums to 1; negative for a hedge. */
export function riskShares(covariance: Matrix, weights: Vector): Float64Array {
  const force = times(covariance, weights);
  const whole = dot(force, weights);
  return force.map((f, i) => (f * (weights[i] ?? NaN)) / whole);
}

function newton(c: Matrix, b: Float64Array) {
  const n = c.rows;
  const everything = c.values.reduce((sum, x) => sum + x, 0);
  let x = new Float64Array(n).fill(1 / Math.sqrt(Math.max(everything, 1e-12 * n)));
  for (let steps = 1; steps <= MOST_STEPS; steps++) {
    const image = times(c, x);
    const gradient = image.map((f, i) => f - (b[i] ?? NaN) / (x[i] ?? NaN));
    const hessian = matrix(n, n, c.values.slice());
    for (let i = 0; i < n; i++) {
      const xi = x[i] ?? NaN;
      hessian.values[i * n + i] = cell(hessian, i, i) + (b[i] ?? NaN) / (xi * xi);
    }
    const move = solveLower(cholesky(hessian), gradient);
    const decrement = Math.sqrt(Math.max(0, dot(move, gradient)));
    const stretch = move.reduce((m, d, i) => Math.max(m, Math.abs(d / (x[i] ?? NaN))), 0);
    // Relative to the smallest budget, on which the self-concordance of the barrier depends.
    const damped = decrement >= 0.05 * Math.sqrt(Math.min(...b));
    const step = damped ? 1 / (1 + stretch) : 1;
    x = x.map((xi, i) => xi - step * (move[i] ?? NaN));
    if (!damped && stretch <= SETTLED) return { x, steps, settled: true };
    if (!damped && stretch <= 1e-9 && steps > 100) return { x, steps, settled: true };
  }
  return { x, steps: MOST_STEPS, settled: false };
}
