import { allFinite, atLeast } from './guard.js';
import { type Matrix, matrix } from './matrix.js';

/** The columns of a T × N matrix less their means. @throws math/too-few-rows when T < 2, math/not-finite */
export function centeredColumns(returns: Matrix): Matrix {
  atLeast('a covariance', returns.rows, 2);
  allFinite('returns', returns.values);
  const { rows, cols } = returns;
  const out = matrix(rows, cols);
  for (let j = 0; j < cols; j++) {
    let total = 0;
    for (let t = 0; t < rows; t++) total += returns.values[t * cols + j] ?? NaN;
    const mean = total / rows;
    for (let t = 0; t < rows; t++) {
      out.values[t * cols + j] = (returns.values[t * cols + j] ?? NaN) - mean;
    }
  }
  return out;
}

/** X′X / divisor of centred columns: N × N, symmetric. */
export function scatter(centered: Matrix, divisor: number): Matrix {
  const { rows, cols, values } = centered;
  const out = matrix(cols, cols);
  for (let i = 0; i < cols; i++) {
    for (let j = i; j < cols; j++) {
      let total = 0;
      for (let t = 0; t < rows; t++) {
        total += (values[t * cols + i] ?? NaN) * (values[t * cols + j] ?? NaN);
      }
      out.values[i * cols + j] = total / divisor;
      out.values[j * cols + i] = total / divisor;
    }
  }
  return out;
}

/**
 * Sample covariance of the columns, divisor T − ddof.
 * @param returns  T × N, simple returns per bar; a gap is refused: drop the row or the column first
 * @returns        N × N, return² per bar; singular when T ≤ N
 * @throws         math/too-few-rows when T < 2, math/not-finite
 */
export function sampleCovariance(returns: Matrix, ddof = 1): Matrix {
  return scatter(centeredColumns(returns), returns.rows - ddof);
}

/** Every off-diagonal value times `1 − ridge`, the diagonal kept: correlations shrunk, variances left alone. */
export function ridged(covariance: Matrix, ridge: number): Matrix {
  const n = covariance.rows;
  const values = covariance.values.map((x, k) =>
    Math.floor(k / n) === k % n ? x : x * (1 - ridge),
  );
  return matrix(n, n, values);
}

/** Every value times `factor`: a covariance per bar × bars a year is one per year. */
export function annualised(covariance: Matrix, factor: number): Matrix {
  return matrix(
    covariance.rows,
    covariance.cols,
    covariance.values.map((x) => x * factor),
  );
}
