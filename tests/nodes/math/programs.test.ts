import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eigen } from '../../../nodes/math/eigen.js';
import { type Matrix, matrix, matrixOfRows, quadratic, times } from '../../../nodes/math/matrix.js';
import { solveQp } from '../../../nodes/math/qp.js';
import { ledoitWolf } from '../../../nodes/math/shrinkage.js';
import { attainable, projectSimplex } from '../../../nodes/math/simplex.js';
import { dot } from '../../../nodes/math/vector.js';
import { definite } from './definite.js';
import { expectClose } from './golden.js';
import { refused } from './refused.js';
import { factorMatrix } from './sample.js';

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
