import { allFinite, inRange, sameSize } from './guard.js';
import { cell, type Matrix, matrix } from './matrix.js';
import { MathRefusal } from './refusal.js';

/** Eigenvalues of a symmetric matrix, largest first, and their vectors as columns. */
export interface Eigen {
  readonly values: Float64Array;
  /** N × N; column k belongs to value k. The sign of a column is that of its largest component, made positive. */
  readonly vectors: Matrix;
}

const MOST_SWEEPS = 60;

/**
 * Eigen-decomposition of a symmetric matrix by cyclic Jacobi rotations: slow for N in the thousands, but accurate for
 * small eigenvalues, and its order of work is fixed.
 * @throws math/not-finite, math/sizes-differ, math/not-converged
 * @see    Golub & Van Loan (2013), Matrix Computations, section 8.5
 */
export function eigen(symmetric: Matrix): Eigen {
  sameSize('the rows and columns of a symmetric matrix', symmetric.rows, symmetric.cols);
  allFinite('a symmetric matrix', symmetric.values);
  const n = symmetric.rows;
  const a = symmetric.values.slice();
  const v = matrix(n, n);
  for (let i = 0; i < n; i++) v.values[i * n + i] = 1;
  for (let sweep = 0; ; sweep++) {
    if (offDiagonal(a, n) === 0) break;
    if (sweep === MOST_SWEEPS) {
      throw new MathRefusal('math/not-converged', { what: 'the eigenvalues', steps: MOST_SWEEPS });
    }
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v.values, n, p, q);
  }
  return sorted(a, v);
}

/** Largest over smallest eigenvalue; ∞ when the smallest is not above 0. */
export function conditionNumber(symmetric: Matrix): number {
  const { values } = eigen(symmetric);
  const least = values[values.length - 1] ?? NaN;
  return least > 0 ? (values[0] ?? NaN) / least : Infinity;
}

/**
 * The smallest ridge s ≥ `least` that brings a correlation matrix to a condition number of at most `most`, where the
 * ridge multiplies off-diagonal correlations by 1 − s.
 * @param largest, smallest  extreme eigenvalues of the correlation matrix
 * @throws                   math/out-of-range when most ≤ 1
 */
export function ridgeForCondition(
  largest: number,
  smallest: number,
  most: number,
  least: number,
): number {
  inRange('most', most, most > 1, 'above 1');
  const excess = largest - most * smallest;
  return excess > 0 ? Math.max(least, excess / (excess + most - 1)) : least;
}

/** The largest off-diagonal size that still matters beside its two diagonal values; 0 when none does. */
function offDiagonal(a: Float64Array, n: number): number {
  let most = 0;
  for (let p = 0; p < n; p++) {
    for (let q = p + 1; q < n; q++) {
      const off = Math.abs(a[p * n + q] ?? NaN);
      const beside = Math.sqrt(Math.abs((a[p * n + p] ?? NaN) * (a[q * n + q] ?? NaN)));
      if (off > beside * 1e-17 && off > 1e-300) most = Math.max(most, off);
    }
  }
  return most;
}

/** Zero the pair (p, q) by a rotation from both sides. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const off = a[p * n + q] ?? NaN;
  if (Math.abs(off) <= 1e-300) return;
  const theta = ((a[q * n + q] ?? NaN) - (a[p * n + p] ?? NaN)) / (2 * off);
  const size = Math.abs(theta) + Math.sqrt(theta * theta + 1);
  const t = (theta < 0 ? -1 : 1) / size;
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  a[p * n + p] = (a[p * n + p] ?? NaN) - t * off;
  a[q * n + q] = (a[q * n + q] ?? NaN) + t * off;
  a[p * n + q] = 0;
  a[q * n + p] = 0;
  for (let k = 0; k < n; k++) {
    const vp = v[k * n + p] ?? NaN;
    const vq = v[k * n + q] ?? NaN;
    v[k * n + p] = c * vp - s * vq;
    v[k * n + q] = s * vp + c * vq;
    if (k === p || k === q) continue;
    const ap = a[k * n + p] ?? NaN;
    const aq = a[k * n + q] ?? NaN;
    a[k * n + p] = c * ap - s * aq;
    a[p * n + k] = c * ap - s * aq;
    a[k * n + q] = s * ap + c * aq;
    a[q * n + k] = s * ap + c * aq;
  }
}

function sorted(a: Float64Array, v: Matrix): Eigen {
  const n = v.rows;
  const at = (i: number) => a[i * n + i] ?? NaN;
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) =>
    at(i) > at(j) ? -1 : at(i) < at(j) ? 1 : i - j,
  );
  const vectors = matrix(n, n);
  for (const [k, from] of order.entries()) {
    let lead = 0;
    for (let i = 0; i < n; i++)
      if (Math.abs(cell(v, i, from)) > Math.abs(lead)) lead = cell(v, i, from);
    for (let i = 0; i < n; i++)
      vectors.values[i * n + k] = lead < 0 ? -cell(v, i, from) : cell(v, i, from);
  }
  return { values: Float64Array.from(order, at), vectors };
}
