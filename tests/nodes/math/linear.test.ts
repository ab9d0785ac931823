import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { betaTo } from '../../../nodes/math/beta-to.js';
import { cholesky, inverseLower, solve } from '../../../nodes/math/cholesky.js';
import {
  correlationDistance,
  correlations,
  correlationsOf,
  pearson,
  spearman,
} from '../../../nodes/math/correlation.js';
import { ridged, sampleCovariance } from '../../../nodes/math/covariance.js';
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
import { solveQp } from '../../../nodes/math/qp.js';
import { constantCorrelation, ledoitWolf, oracleShrinkage } from '../../../nodes/math/shrinkage.js';
import { attainable, projectSimplex } from '../../../nodes/math/simplex.js';
import { variance } from '../../../nodes/math/sum.js';
import { dot } from '../../../nodes/math/vector.js';
import { expectClose } from './golden.js';
import { refused } from './refused.js';
import { factorMatrix, series } from './sample.js';

/** A positive definite matrix of a few assets. */
const definite = fc
  .tuple(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 8 }))
  .map(([seed, n]) => {
    const x = factorMatrix(
      seed,
      3 * n + 4,
      0,
      Array.from({ length: n }, (_, i) => 1 + i),
      0.4,
    );
    return sampleCovariance(x);
  });
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

describe('projection onto a boxed simplex', () => {
  const values = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), {
    minLength: 2,
    maxLength: 12,
  });
  /** w = clip(v − τ) with τ by halving: slow, obvious. */
  const slow = (v: readonly number[], low: number, high: number) => {
    let [a, b] = [-10, 10];
    const at = (tau: number) => v.map((x) => Math.min(Math.max(x - tau, low), high));
    for (let k = 0; k < 100; k++) {
      const middle = (a + b) / 2;
      if (at(middle).reduce((s, x) => s + x, 0) > 1) a = middle;
      else b = middle;
    }
    return at((a + b) / 2);
  };
  it('agrees with halving, and keeps its bounds and budget', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (v, slack) => {
        const [low, high] = [(0.5 * slack) / v.length, 1 / v.length + slack];
        const w = projectSimplex(v, low, high);
        expectClose(w, slow(v, low, high), { abs: 1e-12 });
        expectClose(
          w.reduce((s, x) => s + x, 0),
          1,
          { abs: 1e-12 },
        );
        expect(w.every((x) => x >= low && x <= high)).toBe(true);
      }),
      { seed: 1, numRuns: 100 },
    );
  });
  it('leaves what is inside alone', () =>
    expectClose(projectSimplex([0.2, 0.3, 0.5]), [0.2, 0.3, 0.5], { abs: 1e-15 }));
  it('bounds may differ', () =>
    expectClose(projectSimplex([1, 1, 1], [0, 0, 0.5], [0.1, 1, 1]), [0.1, 0.4, 0.5], {
      abs: 1e-15,
    }));
  it('the range of a linear function', () => {
    expect(attainable([1, 2, 4], 0, 0.5)).toEqual({ least: 1.5, most: 3 });
    expect(attainable([1, 2], 0.25, 1)).toEqual({ least: 1.25, most: 1.75 });
  });
  it.each([
    [
      'caps that cannot reach 1',
      () => projectSimplex([1, 1], 0, 0.4),
      {
        code: 'math/infeasible',
        facts: {
          what: 'the bounds of the weights',
          why: 'they sum to 0 and 0.8, the weights to 1',
        },
      },
    ],
    [
      'crossed bounds',
      () => projectSimplex([1, 1], 0.6, 0.5),
      {
        code: 'math/infeasible',
        facts: { what: 'the bounds of the weights', why: 'lower is above upper at 0' },
      },
    ],
    [
      'a missing value',
      () => projectSimplex([NaN, 1]),
      { code: 'math/not-finite', facts: { what: 'the weights to project', index: 0 } },
    ],
  ])('refuses %s', (_, work, want) => expect(refused(work)).toEqual(want));
});

describe('quadratic programs', () => {
  /** Projected gradient with a tiny step and many of them: slow, obvious, right to about 1e-7. */
  const slow = (P: Matrix, q: readonly number[], cap: number) => {
    const top = eigen(P).values[0] ?? 1;
    let w: Float64Array = new Float64Array(P.rows).fill(1 / P.rows);
    for (let k = 0; k < 2500; k++) {
      const g = times(P, w);
      w = projectSimplex(
        w.map((x, i) => x - ((g[i] ?? 0) + (q[i] ?? 0)) / top),
        0,
        cap,
      );
    }
    return w;
  };

  it('agree with projected gradients', () => {
    const tilt = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
      minLength: 8,
      maxLength: 8,
    });
    fc.assert(
      fc.property(definite, tilt, fc.double({ min: 0, max: 1, noNaN: true }), (m, q, slack) => {
        const P = matrix(
          m.rows,
          m.cols,
          m.values.map((x, k) => x + (Math.floor(k / m.cols) === k % m.cols ? 1 : 0)),
        );
        const cap = 1 / m.rows + slack;
        const rows = [{ coefficients: new Float64Array(m.rows).fill(1), least: 1, most: 1 }];
        const got = solveQp({ P, q: q.slice(0, m.rows), lower: 0, upper: cap, rows });
        expect(got.status).toBe('optimal');
        expect(got.residual).toBeLessThan(1e-10);
        const want = slow(P, q.slice(0, m.rows), cap);
        expectClose(got.weights, want, { abs: 1e-5 });
        const objective = (w: Float64Array) => quadratic(P, w) / 2 + dot(q.slice(0, m.rows), w);
        expect(got.objective).toBeLessThanOrEqual(objective(want) + 1e-10);
      }),
      { seed: 1, numRuns: 12 },
    );
  });

  const one = matrixOfRows([
    [1, 0],
    [0, 1],
  ]);
  it.each([
    ['nothing to keep to', { P: one, q: [-1, -2] }, [1, 2], 0],
    ['a bound', { P: one, q: [-1, -2], upper: 1 }, [1, 1], 1],
    [
      'a row from above',
      { P: one, q: [-1, -2], rows: [{ coefficients: [1, 1], least: -Infinity, most: 1 }] },
      [0, 1],
      1,
    ],
    [
      'an equation met from above',
      { P: one, q: [-3, -3], rows: [{ coefficients: [1, 1], least: 1, most: 1 }] },
      [0.5, 0.5],
      1,
    ],
    [
      'the same equation twice',
      {
        P: one,
        rows: [
          { coefficients: [1, 1], least: 1, most: 1 },
          { coefficients: [2, 2], least: 2, most: 2 },
        ],
      },
      [0.5, 0.5],
      1,
    ],
    [
      'a fixed weight',
      {
        P: one,
        lower: [0.25, 0],
        upper: [0.25, 1],
        rows: [{ coefficients: [1, 1], least: 1, most: 1 }],
      },
      [0.25, 0.75],
      2,
    ],
    [
      'a band that binds below',
      { P: one, rows: [{ coefficients: [1, 0], least: 2, most: 3 }] },
      [2, 0],
      1,
    ],
  ])('%s', (_, program, want, binding) => {
    const got = solveQp(program);
    expectClose(got.weights, want, { abs: 1e-14 });
    expect([got.status, got.binding, got.residual < 1e-13]).toEqual(['optimal', binding, true]);
  });

  it.each([
    [
      'caps below the budget',
      { P: one, upper: 0.4, rows: [{ coefficients: [1, 1], least: 1, most: 1 }] },
    ],
    [
      'equations that contradict',
      {
        P: one,
        rows: [
          { coefficients: [1, 1], least: 1, most: 1 },
          { coefficients: [1, 1], least: 2, most: 2 },
        ],
      },
    ],
    [
      'a row no weight can reach',
      { P: one, lower: 0, rows: [{ coefficients: [-1, -1], least: 1, most: Infinity }] },
    ],
  ])('notice %s', (_, program) => {
    const got = solveQp(program);
    expect([got.status, ...got.weights]).toEqual(['infeasible', NaN, NaN]);
  });

  it('many assets with caps settle exactly', () => {
    const sds = Array.from({ length: 120 }, (_, i) => 0.01 + 0.0005 * (i % 17));
    const P = ledoitWolf(factorMatrix(5, 200, 0, sds, 0.4)).covariance;
    const rows = [{ coefficients: new Float64Array(120).fill(1), least: 1, most: 1 }];
    const got = solveQp({ P, lower: 0, upper: 0.05, rows });
    expect([got.status, got.residual < 1e-10]).toEqual(['optimal', true]);
  });

  it.each([
    [
      'a matrix that is not definite',
      () => solveQp({ P: matrixOfRows([[0]]) }),
      'math/not-definite',
    ],
    ['terms of other assets', () => solveQp({ P: one, q: [1] }), 'math/sizes-differ'],
    ['crossed bounds', () => solveQp({ P: one, lower: 1, upper: 0 }), 'math/out-of-range'],
    [
      'a row with crossed ends',
      () => solveQp({ P: one, rows: [{ coefficients: [1, 1], least: 2, most: 1 }] }),
      'math/out-of-range',
    ],
    ['a missing term', () => solveQp({ P: one, q: [NaN, 0] }), 'math/not-finite'],
  ])('refuse %s', (_, work, code) => expect(refused(work).code).toBe(code));
});
