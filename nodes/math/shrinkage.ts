import { centeredColumns, scatter } from './covariance.js';
import { cell, type Matrix, matrix, rowOf } from './matrix.js';

/** A covariance pulled towards a simple target. */
export interface Shrunk {
  /** N × N, symmetric. */
  readonly covariance: Matrix;
  /** Weight δ of the target, from 0 to 1. */
  readonly shrinkage: number;
}

/**
 * Ledoit–Wolf shrinkage of a covariance matrix towards a scaled identity.
 * @param returns  T × N, row-major, simple returns per bar; NaN is refused.
 * @returns        N × N, return² per bar, divisor T; positive definite unless every column is flat.
 * @throws         math/too-few-rows when T < 2, math/not-finite
 * @see            Ledoit & Wolf (2004), J. Multivariate Analysis 88(2), section 3
 */
export function ledoitWolf(returns: Matrix): Shrunk {
  const centered = centeredColumns(returns);
  const { rows: t, cols: n } = centered;
  const sample = scatter(centered, t);
  const average = trace(sample) / n;
  let distance = 0; // ‖S − F‖²
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const gap = cell(sample, i, j) - (i === j ? average : 0);
      distance += gap * gap;
    }
  }
  const noise = Math.min(squaredNoise(centered, sample) / t, distance);
  const shrinkage = distance > 0 ? noise / distance : 0;
  return { shrinkage, covariance: blend(sample, shrinkage, (i, j) => (i === j ? average : 0)) };
}

/**
 * Oracle-approximating shrinkage towards a scaled identity, with the 2/N terms of the paper; scikit-learn leaves them
 * out, which `sklearn` reproduces.
 * @throws as {@link ledoitWolf}
 * @see    Chen, Wiesel, Eldar & Hero (2010), IEEE Trans. Signal Processing 58(10), equation 23
 */
export function oracleShrinkage(returns: Matrix, options: { sklearn?: boolean } = {}): Shrunk {
  const centered = centeredColumns(returns);
  const { rows: t, cols: n } = centered;
  const sample = scatter(centered, t);
  const total = trace(sample);
  let squares = 0;
  for (const x of sample.values) squares += x * x;
  const two = options.sklearn ? 0 : 2 / n;
  const above = (1 - two) * squares + total * total;
  const below = (t + 1 - two) * (squares - (total * total) / n);
  const shrinkage = below > 0 ? Math.min(1, above / below) : 1;
  const average = total / n;
  return { shrinkage, covariance: blend(sample, shrinkage, (i, j) => (i === j ? average : 0)) };
}

/**
 * Ledoit–Wolf shrinkage towards equal correlations at the sample variances.
 * @returns additionally the average correlation r̄ of the target
 * @throws  as {@link ledoitWolf}
 * @see     Ledoit & Wolf (2003), Honey, I Shrunk the Sample Covariance Matrix, J. Portfolio Management 30(4)
 */
export function constantCorrelation(returns: Matrix): Shrunk & { readonly correlation: number } {
  const centered = centeredColumns(returns);
  const { rows: t, cols: n } = centered;
  const sample = scatter(centered, t);
  const sd = Float64Array.from({ length: n }, (_, i) => Math.sqrt(cell(sample, i, i)));
  const scale = (i: number, j: number) => (sd[i] ?? NaN) * (sd[j] ?? NaN);
  let correlation = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) correlation += cell(sample, i, j) / scale(i, j);
  }
  correlation /= (n * (n - 1)) / 2;
  const target = (i: number, j: number) =>
    i === j ? cell(sample, i, i) : correlation * scale(i, j);
  let gamma = 0;
  let rho = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const gap = target(i, j) - cell(sample, i, j);
      gamma += gap * gap;
      rho += targetNoise(centered, sample, i, j, i === j ? 1 : correlation);
    }
  }
  const pi = squaredNoise(centered, sample);
  const shrinkage = gamma > 0 ? Math.min(1, Math.max(0, (pi - rho) / (gamma * t))) : 1;
  return { shrinkage, correlation, covariance: blend(sample, shrinkage, target) };
}

/** π: the average over rows of ‖x x′ − S‖², which is that of ‖x‖⁴ less ‖S‖². */
function squaredNoise(centered: Matrix, sample: Matrix): number {
  let total = 0;
  for (let t = 0; t < centered.rows; t++) {
    const square = rowOf(centered, t).reduce((s, x) => s + x * x, 0);
    total += square * square;
  }
  return Math.max(0, total / centered.rows - sample.values.reduce((s, x) => s + x * x, 0));
}

/** One term of ρ: how the target's value (i, j) moves together with the sample's. */
function targetNoise(x: Matrix, s: Matrix, i: number, j: number, correlation: number): number {
  const si = cell(s, i, i);
  const sj = cell(s, j, j);
  const sij = cell(s, i, j);
  let ii = 0;
  let jj = 0;
  for (let t = 0; t < x.rows; t++) {
    const a = cell(x, t, i);
    const b = cell(x, t, j);
    ii += (a * a - si) * (a * b - sij);
    jj += (b * b - sj) * (a * b - sij);
  }
  const theta = Math.sqrt(sj / si) * ii + Math.sqrt(si / sj) * jj;
  return ((correlation / 2) * theta) / x.rows;
}

function trace(m: Matrix): number {
  let total = 0;
  for (let i = 0; i < m.rows; i++) total += cell(m, i, i);
  return total;
}

function blend(sample: Matrix, weight: number, target: (i: number, j: number) => number): Matrix {
  const n = sample.rows;
  const out = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      out.values[i * n + j] = weight * target(i, j) + (1 - weight) * cell(sample, i, j);
    }
  }
  return out;
}
