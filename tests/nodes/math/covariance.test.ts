import { describe, expect, it } from '@jest/globals';
import { betaTo } from '../../../nodes/math/beta-to.js';
import {
  correlationDistance,
  correlations,
  correlationsOf,
  pearson,
  spearman,
} from '../../../nodes/math/correlation.js';
import { sampleCovariance } from '../../../nodes/math/covariance.js';
import {
  cell,
  columnOf,
  diagonal,
  matrix,
  matrixOfColumns,
  matrixOfRows,
  rowOf,
} from '../../../nodes/math/matrix.js';
import { constantCorrelation, ledoitWolf, oracleShrinkage } from '../../../nodes/math/shrinkage.js';
import { variance } from '../../../nodes/math/sum.js';
import { expectClose } from './golden.js';
import { refused } from './refused.js';
import { factorMatrix, series } from './sample.js';

describe('correlation', () => {
  it.each([
    ['a line', [1, 2, 3], [2, 4, 6], 1],
    ['a falling line', [1, 2, 3], [3, 2, 1], -1],
    ['gaps', [1, 2, NaN, 3], [2, 4, 1, 6], 1],
    ['a flat side', [1, 1, 1], [1, 2, 3], NaN],
    ['a side flat but for rounding', [0.1 + 0.2, 0.3, 0.3], [1, 2, 3], NaN],
  ])('of %s', (_, a, b, want) => expectClose(pearson(a, b).value, want, { abs: 1e-15 }));
  // Factor values and returns of the methods reference, section 13.
  it.each([
    [[1, 2, 3, 4, 5], [0.01, 0, 0.03, 0.02, 0.05], 0.8, 0.8219949365],
    [[5, 3, 1, 2, 4], [0.02, -0.01, 0, 0.01, 0.03], 0.6, 0.6],
    [[2, 2, 5, 1, 4], [-0.02, 0.01, 0.02, 0, 0.01], 0.7631578947, 0.6420578831],
  ])('rank and plain, %p', (f, r, rank, plain) => {
    expectClose([spearman(f, r).value, pearson(f, r).value], [rank, plain], { abs: 5e-11 });
  });
  it('a matrix agrees with its pairs, and with its covariance', () => {
    const x = factorMatrix(4, 50, 0, [1, 2, 3], 0.5);
    const rho = correlations(x);
    expectClose(cell(rho, 0, 2), pearson(columnOf(x, 0), columnOf(x, 2)).value, {});
    expectClose(correlationsOf(sampleCovariance(x)).values, rho.values, { abs: 1e-14 });
    expectClose(
      correlationDistance(
        matrixOfRows([
          [1, 0],
          [-1, 1],
        ]),
      ).values,
      [0, Math.SQRT1_2, 1, 0],
      {},
    );
  });
  it('zeros can stand for closed sessions, and too few pairs for none', () => {
    const x = matrixOfColumns([
      [0, 1, 2, 3],
      [9, 1, 2, 3],
    ]);
    expect(cell(correlations(x, { skipZeros: true }), 0, 1)).toBe(1);
    expect(cell(correlations(x, { skipZeros: true, least: 4, otherwise: 0 }), 0, 1)).toBe(0);
  });
  it('beta is a regression, or 1 where it is not known', () => {
    const b = series(1, 40, 0, 1);
    expectClose(
      betaTo(
        b.map((x) => 2 * x + 1),
        b,
      ).beta,
      2,
      { rel: 1e-13 },
    );
    expect(betaTo([1, 2, 3], [1, 2, 3])).toEqual({ beta: 1, known: false });
    expect(
      betaTo(
        b,
        b.map(() => 0),
      ),
    ).toEqual({ beta: 1, known: false });
  });
});

describe('shrunk covariances, matrix(7, 60, 6, …) of the methods reference', () => {
  const x = factorMatrix(7, 60, 0, [0.01, 0.02, 0.03, 0.04, 0.05, 0.06], 0.3);
  it('is the data described', () => {
    expectClose(
      rowOf(x, 0),
      [
        -0.004704272723, -0.013201931805, -0.009303189798, -0.034051174824, -0.062302229706,
        0.028473880299,
      ],
      { abs: 5e-13 },
    );
    expectClose(
      x.values.reduce((s, v) => s + v, 0),
      -1.669890795595,
      { abs: 5e-12 },
    );
  });
  it('towards the identity', () => {
    const { shrinkage, covariance } = ledoitWolf(x);
    expectClose(shrinkage, 0.0850942175, { abs: 5e-11 });
    expectClose(
      rowOf(covariance, 0),
      [
        0.000217907581, 0.000062313758, 0.000088522767, 0.000135120176, 0.000165008323,
        0.000240073552,
      ],
      { abs: 5e-13 },
    );
  });
  it('by the oracle, as scikit-learn has it', () => {
    expectClose(oracleShrinkage(x, { sklearn: true }).shrinkage, 0.0967494339, { abs: 5e-11 });
  });
  it('by the oracle of the paper', () => {
    // Equation 23 written out with plain sums.
    const s = sampleCovariance(x, 0);
    const squares = s.values.reduce((t, v) => t + v * v, 0);
    const total = diagonal(s).reduce((t, v) => t + v, 0);
    const want =
      ((1 - 2 / 6) * squares + total * total) / ((61 - 2 / 6) * (squares - (total * total) / 6));
    expectClose(oracleShrinkage(x).shrinkage, want, { rel: 1e-12 });
  });
  it('towards equal correlations', () => {
    const { shrinkage, correlation } = constantCorrelation(x);
    expectClose([shrinkage, correlation], [1, 0.3496123337], { abs: 5e-11 });
  });
  it('the sample is what variances say', () => {
    expectClose(
      diagonal(sampleCovariance(x)),
      Array.from({ length: 6 }, (_, j) => variance(columnOf(x, j))),
      { rel: 1e-13 },
    );
  });
  it.each([
    ['one row', () => ledoitWolf(matrix(1, 3)), 'math/too-few-rows'],
    ['a gap', () => ledoitWolf(matrixOfRows([[1], [NaN]])), 'math/not-finite'],
    ['a flat asset among correlations', () => correlationsOf(matrix(2, 2)), 'math/out-of-range'],
  ])('refuse %s', (_, work, code) => expect(refused(work).code).toBe(code));
});
