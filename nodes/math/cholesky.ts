import { sameSize } from './guard.js';
import { type Matrix, matrix } from './matrix.js';
import { MathRefusal } from './refusal.js';
import type { Vector } from './vector.js';

/**
 * The lower triangle L with L·L′ = m, of a symmetric positive definite matrix; only the lower half is read.
 * @throws math/not-definite with the first pivot that is not above 0; math/sizes-differ
 */
export function cholesky(m: Matrix): Matrix {
  sameSize('the rows and columns of a symmetric matrix', m.rows, m.cols);
  const n = m.rows;
  const out = matrix(n, n);
  const l = out.values;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const rest = (m.values[i * n + j] ?? NaN) - rowProduct(l, n, i, j);
      l[i * n + j] = rest / (l[j * n + j] ?? NaN);
    }
    const pivot = (m.values[i * n + i] ?? NaN) - rowProduct(l, n, i, i);
    if (!(pivot > 0)) {
      const facts = { what: 'the matrix', index: i, found: String(pivot) };
      throw new MathRefusal('math/not-definite', facts);
    }
    l[i * n + i] = Math.sqrt(pivot);
  }
  return out;
}

/** Σ over k < j of l(i,k)·l(j,k). */
function rowProduct(l: Float64Array, n: number, i: number, j: number): number {
  let total = 0;
  for (let k = 0; k < j; k++) total += (l[i * n + k] ?? NaN) * (l[j * n + k] ?? NaN);
  return total;
}

/** The x with m·x = b, given the lower triangle of {@link cholesky}. @throws math/sizes-differ */
export function solveLower(lower: Matrix, b: Vector): Float64Array {
  sameSize('a triangle and the right side', lower.rows, b.length);
  const n = lower.rows;
  const l = lower.values;
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    let rest = x[i] ?? NaN;
    for (let k = 0; k < i; k++) rest -= (l[i * n + k] ?? NaN) * (x[k] ?? NaN);
    x[i] = rest / (l[i * n + i] ?? NaN);
  }
  for (let i = n - 1; i >= 0; i--) {
    let rest = x[i] ?? NaN;
    for (let k = i + 1; k < n; k++) rest -= (l[k * n + i] ?? NaN) * (x[k] ?? NaN);
    x[i] = rest / (l[i * n + i] ?? NaN);
  }
  return x;
}

/** The x with m·x = b for a symmetric positive definite m. @throws math/not-definite */
export function solve(m: Matrix, b: Vector): Float64Array {
  return solveLower(cholesky(m), b);
}

/** The inverse of a lower triangle: lower again. */
export function inverseLower(lower: Matrix): Matrix {
  const n = lower.rows;
  const l = lower.values;
  const out = matrix(n, n);
  for (let j = 0; j < n; j++) {
    out.values[j * n + j] = 1 / (l[j * n + j] ?? NaN);
    for (let i = j + 1; i < n; i++) {
      let rest = 0;
      for (let k = j; k < i; k++) rest -= (l[i * n + k] ?? NaN) * (out.values[k * n + j] ?? NaN);
      out.values[i * n + j] = rest / (l[i * n + i] ?? NaN);
    }
  }
  return out;
}
