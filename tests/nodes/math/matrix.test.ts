import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cholesky, inverseLower, solve } from '../../../nodes/math/cholesky.js';
import { ridged } from '../../../nodes/math/covariance.js';
import { conditionNumber, eigen, ridgeForCondition } from '../../../nodes/math/eigen.js';
import {
  cell,
  columnOf,
  diagonal,
  type Matrix,
  matrix,
  matrixOfColumns,
  matrixOfRows,
  quadratic,
  rowOf,
  rowsBetween,
  times,
} from '../../../nodes/math/matrix.js';
import { dot } from '../../../nodes/math/vector.js';
import { definite } from './definite.js';
import { expectClose } from './golden.js';
import { refused } from './refused.js';

const product = (a: Matrix, b: Matrix) =>
  matrixOfColumns(Array.from({ length: b.cols }, (_, j) => times(a, columnOf(b, j))));
const transposed = (m: Matrix) =>
  matrixOfColumns(Array.from({ length: m.rows }, (_, i) => rowOf(m, i)));

describe('matrices', () => {
  const m = matrixOfRows([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  it('are read by row and column', () => {
    expect([cell(m, 1, 2), cell(m, 0, 3), cell(m, 2, 0)]).toEqual([6, NaN, NaN]);
    expect([columnOf(m, 1), rowOf(m, 1), diagonal(m)]).toEqual([
      Float64Array.of(2, 5),
      Float64Array.of(4, 5, 6),
      Float64Array.of(1, 5),
    ]);
    expect(
      matrixOfColumns([
        [1, 4],
        [2, 5],
        [3, 6],
      ]),
    ).toEqual(m);
    expect(rowsBetween(m, 1, 2)).toEqual(matrixOfRows([[4, 5, 6]]));
  });
  it('multiply', () => {
    expect([
      times(m, [1, 0, -1]),
      quadratic(
        matrixOfRows([
          [2, 1],
          [1, 3],
        ]),
        [1, 2],
      ),
    ]).toEqual([Float64Array.of(-2, -2), 18]);
  });
  it.each([
    ['rows of unequal length', () => matrixOfRows([[1], [1, 2]])],
    ['columns of unequal length', () => matrixOfColumns([[1], [1, 2]])],
    ['too few cells', () => matrix(2, 2, new Float64Array(3))],
    ['a vector of another length', () => times(m, [1])],
    ['factors of unequal length', () => dot([1], [1, 2])],
  ])('refuse %s', (_, work) => expect(refused(work).code).toBe('math/sizes-differ'));
});

describe('factorisations', () => {
  it('Cholesky gives the matrix back, and solves', () => {
    fc.assert(
      fc.property(definite, (m) => {
        const lower = cholesky(m);
        expectClose(product(lower, transposed(lower)).values, m.values, { rel: 1e-12, abs: 1e-12 });
        const x = Float64Array.from({ length: m.rows }, (_, i) => i - 1.5);
        expectClose(solve(m, times(m, x)), x, { abs: 1e-8 });
        const unit = product(lower, inverseLower(lower)).values;
        expectClose(
          unit,
          unit.map((_, k) => (Math.floor(k / m.rows) === k % m.rows ? 1 : 0)),
          { abs: 1e-10 },
        );
      }),
      { seed: 1, numRuns: 40 },
    );
  });
  it('eigenvectors are stretched by their values', () => {
    fc.assert(
      fc.property(definite, (m) => {
        const { values, vectors } = eigen(m);
        for (const [k, value] of values.entries()) {
          const v = columnOf(vectors, k);
          expectClose(
            times(m, v),
            v.map((x) => x * value),
            { abs: 1e-11 * (values[0] ?? 1) },
          );
          expectClose(dot(v, v), 1, { abs: 1e-12 });
          expect(value).toBeLessThanOrEqual(values[k - 1] ?? Infinity);
        }
        expectClose(
          values.reduce((s, x) => s + x, 0),
          diagonal(m).reduce((s, x) => s + x, 0),
          { rel: 1e-12 },
        );
      }),
      { seed: 2, numRuns: 40 },
    );
  });
  it.each([
    [
      'diagonal',
      [
        [2, 0],
        [0, 8],
      ],
      [8, 2],
    ],
    [
      'indefinite',
      [
        [1, 2],
        [2, 1],
      ],
      [3, -1],
    ],
    [
      'equal values',
      [
        [1, 0],
        [0, 1],
      ],
      [1, 1],
    ],
    [
      'zero',
      [
        [0, 0],
        [0, 0],
      ],
      [0, 0],
    ],
  ])('eigenvalues, %s', (_, rows, want) =>
    expectClose(eigen(matrixOfRows(rows)).values, want, { abs: 1e-14 }),
  );
  it('the ridge that bounds the condition number is the smallest', () => {
    const rho = matrixOfRows([
      [1, 0.99, 0.9],
      [0.99, 1, 0.95],
      [0.9, 0.95, 1],
    ]);
    const { values } = eigen(rho);
    const s = ridgeForCondition(values[0] ?? NaN, values[2] ?? NaN, 20, 0.01);
    expectClose(conditionNumber(ridged(rho, s)), 20, { rel: 1e-10 });
    expect(ridgeForCondition(2, 1, 20, 0.01)).toBe(0.01);
    expect(
      conditionNumber(
        matrixOfRows([
          [1, 1],
          [1, 1],
        ]),
      ),
    ).toBe(Infinity);
  });
  it.each([
    [
      'an indefinite matrix',
      () =>
        cholesky(
          matrixOfRows([
            [1, 2],
            [2, 1],
          ]),
        ),
      { code: 'math/not-definite', facts: { what: 'the matrix', index: 1, found: '-3' } },
    ],
    [
      'a matrix that is not square',
      () => cholesky(matrix(1, 2)),
      {
        code: 'math/sizes-differ',
        facts: { what: 'the rows and columns of a symmetric matrix', first: 1, second: 2 },
      },
    ],
    [
      'a gap',
      () => eigen(matrixOfRows([[NaN]])),
      { code: 'math/not-finite', facts: { what: 'a symmetric matrix', index: 0 } },
    ],
  ])('refuse %s', (_, work, want) => expect(refused(work)).toEqual(want));
});
