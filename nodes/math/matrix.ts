import { sameSize } from './guard.js';
import type { Vector } from './vector.js';

/** A dense matrix, row-major: the value of row i, column j stands at `i * cols + j`. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly values: Float64Array;
}

/** A matrix over `values` (not copied), or of zeros. @throws math/sizes-differ */
export function matrix(
  rows: number,
  cols: number,
  values: Float64Array = new Float64Array(rows * cols),
): Matrix {
  sameSize('the cells of a matrix and its dimensions', values.length, rows * cols);
  return { rows, cols, values };
}

/** The matrix whose rows are given, all equally long. @throws math/sizes-differ */
export function matrixOfRows(rows: readonly Vector[]): Matrix {
  const cols = rows[0]?.length ?? 0;
  const out = matrix(rows.length, cols);
  for (const [i, row] of rows.entries()) {
    sameSize('the rows of a matrix', row.length, cols);
    for (let j = 0; j < cols; j++) out.values[i * cols + j] = row[j] ?? NaN;
  }
  return out;
}

/** The matrix whose columns are given, all equally long: T × N from N series. @throws math/sizes-differ */
export function matrixOfColumns(columns: readonly Vector[]): Matrix {
  const rows = columns[0]?.length ?? 0;
  const out = matrix(rows, columns.length);
  for (const [j, column] of columns.entries()) {
    sameSize('the columns of a matrix', column.length, rows);
    for (let i = 0; i < rows; i++) out.values[i * columns.length + j] = column[i] ?? NaN;
  }
  return out;
}

/** The value of row i, column j; NaN outside. For hot loops index `values` instead. */
export function cell(m: Matrix, i: number, j: number): number {
  return j < m.cols ? (m.values[i * m.cols + j] ?? NaN) : NaN;
}

/** A copy of column j. */
export function columnOf(m: Matrix, j: number): Float64Array {
  const out = new Float64Array(m.rows);
  for (let i = 0; i < m.rows; i++) out[i] = m.values[i * m.cols + j] ?? NaN;
  return out;
}

/** A view of row i: writes go through. */
export function rowOf(m: Matrix, i: number): Float64Array {
  return m.values.subarray(i * m.cols, (i + 1) * m.cols);
}

/** The rows from `from` up to, not including, `to`, as a view: writes go through. */
export function rowsBetween(m: Matrix, from: number, to: number): Matrix {
  return matrix(to - from, m.cols, m.values.subarray(from * m.cols, to * m.cols));
}

/** The main diagonal. */
export function diagonal(m: Matrix): Float64Array {
  return Float64Array.from({ length: Math.min(m.rows, m.cols) }, (_, i) => cell(m, i, i));
}

/** A copy with `amount` added to the diagonal. */
export function plusDiagonal(m: Matrix, amount: number): Matrix {
  const values = m.values.slice();
  for (let i = 0; i < m.rows; i++)
    values[i * m.cols + i] = (values[i * m.cols + i] ?? NaN) + amount;
  return matrix(m.rows, m.cols, values);
}

/** The matrix times a vector: one value a row. @throws math/sizes-differ */
export function times(m: Matrix, v: Vector): Float64Array {
  sameSize('the columns of a matrix and the vector it multiplies', m.cols, v.length);
  const out = new Float64Array(m.rows);
  for (let i = 0; i < m.rows; i++) {
    let total = 0;
    for (let j = 0; j < m.cols; j++) total += (m.values[i * m.cols + j] ?? NaN) * (v[j] ?? NaN);
    out[i] = total;
  }
  return out;
}

/** v′·M·v. @throws math/sizes-differ */
export function quadratic(m: Matrix, v: Vector): number {
  const image = times(m, v);
  let total = 0;
  for (let i = 0; i < image.length; i++) total += (image[i] ?? NaN) * (v[i] ?? NaN);
  return total;
}
