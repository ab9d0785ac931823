import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { blockLength } from '../../../nodes/math/block-length.js';
import {
  circularIndices,
  resample,
  stationaryIndices,
  stationaryVariance,
} from '../../../nodes/math/bootstrap.js';
import { matrix, matrixOfRows } from '../../../nodes/math/matrix.js';
import { backtestOverfitting } from '../../../nodes/math/pbo.js';
import { predictiveAbility } from '../../../nodes/math/spa.js';
import { mean, variance } from '../../../nodes/math/sum.js';
import { expectClose } from './golden.js';
import { refused } from './refused.js';
import { factorMatrix, normals, series, uniforms } from './sample.js';

describe('the reproducible data', () => {
  it('starts as written down', () => {
    const uniform = uniforms(1);
    expect([1, 2, 3, 4, 5].map(() => Math.round(uniform() * 2147483647))).toEqual([
      48271, 182605794, 1291394886, 1914720637, 2078669041,
    ]);
    const normal = normals(20240101);
    expectClose([normal(), normal(), normal()], [0.171842950942, 1.337625737925, -0.572002764126], {
      abs: 1e-12,
    });
  });
});

describe('indices by the reference rule', () => {
  it('stationary', () => {
    const uniform = uniforms(2024);
    expect(stationaryIndices(12, 3, uniform).join(' ')).toBe('0 1 2 11 6 10 2 3 4 8 0 1');
    expect(stationaryIndices(12, 3, uniform).join(' ')).toBe('5 6 6 7 8 4 5 6 11 3 4 5');
  });
  it('circular', () => {
    expect(circularIndices(12, 3, uniforms(2024)).join(' ')).toBe('0 1 2 1 2 3 1 2 3 7 8 9');
  });
  it('stay inside, and a block of 1 is the plain bootstrap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 1, max: 20 }),
        (n, seed, block) => {
          const both = [
            ...stationaryIndices(n, block, uniforms(seed)),
            ...circularIndices(n, block, uniforms(seed)),
          ];
          expect(both.every((i) => i >= 0 && i < n)).toBe(true);
        },
      ),
      { seed: 1, numRuns: 50 },
    );
  });
});

it('the analytic variance of the stationary bootstrap', () => {
  const x = series(5, 200, 0.001, 0.02);
  expectClose(mean(x), 0.003044913586, { abs: 1e-12 });
  expectClose(Math.sqrt(stationaryVariance(x, 10) / 200), 0.00143557672, { abs: 1e-12 });
  expectClose(stationaryVariance(x, 1), variance(x, 0), { rel: 1e-13 });
});

it('is what drawing gives', () => {
  const x = series(9, 60, 0, 1);
  const uniform = uniforms(7);
  const means = Float64Array.from({ length: 4000 }, () =>
    mean(resample(x, stationaryIndices(60, 4, uniform))),
  );
  expectClose(variance(means), stationaryVariance(x, 4) / 60, { rel: 0.06 });
});

describe('automatic block length', () => {
  const normal = normals(42);
  const draws = Float64Array.from({ length: 600 }, normal);
  let last = 0;
  const ar = draws.map((e) => (last = 0.5 * last + e)).subarray(100);
  it.each([
    ['an autoregression', ar, 7.48609765, 8.569442601, 5e-10],
    ['its noise', draws.subarray(100), 1.3216, 1.5128, 5e-5],
  ])('%s', (_, x, stationary, circular, abs) => {
    const got = blockLength(x);
    expectClose([got.stationary, got.circular], [stationary, circular], { abs });
  });
  it('a flat series has no memory', () =>
    expect(blockLength(new Float64Array(20).fill(3))).toEqual({ stationary: 1, circular: 1 }));
});

const PBO_ROWS = matrixOfRows([
  [1, 2, 3],
  [2, 1, 4],
  [3, 3, -3],
  [4, 1, -2],
  [1, 5, 0],
  [2, -1, 1],
  [0, 2, 2],
  [1, 1, 3],
]);

describe('overfitting', () => {
  it('the worked example by means', () => {
    const got = backtestOverfitting(PBO_ROWS, 4, 'mean');
    expectClose(
      [...got.logits].sort((a, b) => a - b),
      [-1.098612, -1.098612, -1.098612, -1.098612, -1.098612, 0],
      { abs: 5e-7 },
    );
    expectClose(
      [got.probability, got.below, got.slope, got.intercept, got.lossProbability],
      [1, 5 / 6, -1.5940594059, 4.3613861386, 1 / 6],
      { abs: 5e-11 },
    );
    expect([got.splits, got.droppedRows]).toEqual([6, 0]);
  });
  it('the worked example by Sharpe ratios', () => {
    const got = backtestOverfitting(PBO_ROWS, 4, 'sharpe');
    expectClose([got.probability, got.below, got.medianLogit], [2 / 3, 0.5, -0.5493061443], {
      abs: 5e-11,
    });
  });
  it('a strategy that is really better is found', () => {
    const rows = factorMatrix(3, 160, 0, [0.01, 0.01, 0.01, 0.01], 0);
    const better = matrix(
      160,
      4,
      rows.values.map((r, k) => (k % 4 === 2 ? r + 0.02 : r)),
    );
    const got = backtestOverfitting(better, 8, 'sharpe');
    expect([got.probability, got.firstOrder, got.secondOrder]).toEqual([0, true, true]);
  });
  it('noise is overfitted about half of the time', () => {
    const shares = [1, 2, 3, 4, 5, 6, 7, 8].map(
      (seed) =>
        backtestOverfitting(
          factorMatrix(seed, 160, 0, new Array<number>(10).fill(0.01), 0),
          8,
          'mean',
        ).probability,
    );
    expect(Math.abs(mean(shares) - 0.5)).toBeLessThan(0.2);
  });
  it('drops the oldest rows to make blocks even', () => {
    const extra = matrixOfRows([
      [99, -99, 0],
      ...Array.from({ length: 8 }, (_, t) => PBO_ROWS.values.slice(t * 3, t * 3 + 3)),
    ]);
    expect(backtestOverfitting(extra, 4, 'mean')).toEqual({
      ...backtestOverfitting(PBO_ROWS, 4, 'mean'),
      droppedRows: 1,
    });
  });
  it.each([
    ['odd blocks', () => backtestOverfitting(PBO_ROWS, 3, 'mean'), 'math/out-of-range'],
    ['more blocks than rows', () => backtestOverfitting(PBO_ROWS, 10, 'mean'), 'math/too-few-rows'],
    ['one strategy', () => backtestOverfitting(matrix(8, 1), 2, 'mean'), 'math/too-few-rows'],
    [
      'a gap',
      () =>
        backtestOverfitting(
          matrixOfRows([
            [1, 2],
            [NaN, 2],
          ]),
          2,
          'mean',
        ),
      'math/not-finite',
    ],
  ])('refuses %s', (_, work, code) => expect(refused(work).code).toBe(code));
});

describe('superior predictive ability', () => {
  const rows = matrixOfRows([
    [0.3, -0.1, 0.2],
    [-0.2, 0, 0.1],
    [0.4, -0.3, -0.1],
    [0.1, 0.2, 0],
    [0, -0.2, 0.3],
    [0.2, -0.1, -0.2],
    [-0.1, -0.4, 0.1],
    [0.5, 0.1, 0],
  ]);
  const draws = ['01234567', '34501701', '67012334', '23455670', '12234123'].map((d) =>
    Int32Array.from(d, Number),
  );
  const got = predictiveAbility(rows, 4, draws);

  it('the worked example', () => {
    expectClose(got.means, [0.15, -0.1, 0.05], { abs: 1e-15 });
    expectClose(got.omegas, [0.128455354883, 0.103924329518, 0.08129658464], { abs: 5e-13 });
    expectClose(got.thresholds, [-0.054955002711, -0.044460285954, -0.034779819287], {
      abs: 5e-13,
    });
    expectClose([got.statistic, got.white.statistic], [3.302813410128, 0.424264068712], {
      abs: 5e-13,
    });
    expect([got.lower, got.consistent, got.upper].map((p) => [p.share, p.gated])).toEqual([
      [0, 1 / 6],
      [0, 1 / 6],
      [0, 1 / 6],
    ]);
    expect([got.white.share, got.white.gated]).toEqual([0, 1 / 6]);
  });
  it.each([
    [0, 0, 0, 0],
    [1, 1.304679866, 2.04121629, 0.212132034],
    [2, 0.869786578, 1.020608145, 0.106066017],
    [3, 1.100937803, 1.100937803, 0.141421356],
    [4, 0, 0.340202715, 0.035355339],
  ])('draw %p', (k, consistent, upper, white) => {
    const d = got.drawn[k];
    const found = [d?.lower ?? NaN, d?.consistent ?? NaN, d?.upper ?? NaN, d?.white ?? NaN];
    expectClose(found, [consistent, consistent, upper, white], { abs: 5e-10 });
  });
  it('p-values rise from lower to upper; hopeless models do not move the consistent one', () => {
    const x = factorMatrix(11, 120, 0.002, [0.01, 0.01], 0.2);
    const uniform = uniforms(5);
    const many = Array.from({ length: 400 }, () => stationaryIndices(120, 3, uniform));
    const two = predictiveAbility(x, 3, many);
    const padded = matrix(
      120,
      12,
      Float64Array.from({ length: 1440 }, (_, k) => {
        const [t, j] = [Math.floor(k / 12), k % 12];
        return j < 2 ? (x.values[t * 2 + j] ?? NaN) : (x.values[t * 2] ?? NaN) - 0.1 * j;
      }),
    );
    const twelve = predictiveAbility(padded, 3, many);
    expect(two.lower.gated).toBeLessThanOrEqual(two.consistent.gated);
    expect(two.consistent.gated).toBeLessThanOrEqual(two.upper.gated);
    expect(twelve.consistent.gated).toBe(two.consistent.gated);
    expect(twelve.upper.gated).toBeGreaterThanOrEqual(two.upper.gated);
  });
  it('a model that always beats by the same amount has no error to be judged by', () => {
    const got = predictiveAbility(matrixOfRows([[0.1], [0.1], [0.1]]), 2, [Int32Array.of(0, 1, 2)]);
    expect([got.flat, got.statistic]).toEqual([1, 0]);
  });
  it('a model that is the benchmark is left out and counted', () => {
    const got = predictiveAbility(
      matrixOfRows([
        [0, 1],
        [0, -1],
        [0, 2],
        [0, 0],
      ]),
      2,
      [Int32Array.of(0, 1, 2, 3)],
    );
    expect([got.flat, Number.isFinite(got.statistic)]).toEqual([1, true]);
  });
  it.each([
    ['no draws', () => predictiveAbility(rows, 4, []), 'math/too-few-rows'],
    [
      'draws of another length',
      () => predictiveAbility(rows, 4, [Int32Array.of(0)]),
      'math/sizes-differ',
    ],
    ['a mean block below 1', () => stationaryIndices(5, 0.5, uniforms(1)), 'math/out-of-range'],
    ['a circular block of 0', () => circularIndices(5, 0, uniforms(1)), 'math/out-of-range'],
    ['nine values', () => blockLength(new Float64Array(9)), 'math/too-few-rows'],
  ])('refuses %s', (_, work, code) => expect(refused(work).code).toBe(code));
});
