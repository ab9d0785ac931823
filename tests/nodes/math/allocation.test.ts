import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clusterDistance } from '../../../nodes/math/cluster-distance.js';
import { correlationDistance } from '../../../nodes/math/correlation.js';
import { annualised } from '../../../nodes/math/covariance.js';
import { hrp } from '../../../nodes/math/hrp.js';
import { type Matrix, matrix, matrixOfRows } from '../../../nodes/math/matrix.js';
import { maxSharpe } from '../../../nodes/math/max-sharpe.js';
import { minVariance } from '../../../nodes/math/min-variance.js';
import { riskParity } from '../../../nodes/math/risk-parity.js';
import { ledoitWolf } from '../../../nodes/math/shrinkage.js';
import { expectClose } from './golden.js';
import { refused } from './refused.js';
import { factorMatrix } from './sample.js';

/** A covariance from volatilities and correlations above the diagonal, row by row. */
function from(vols: readonly number[], above: readonly (readonly number[])[]): Matrix {
  const n = vols.length;
  const out = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const rho = i === j ? 1 : (above[Math.min(i, j)]?.[Math.abs(i - j) - 1] ?? 0);
      out.values[i * n + j] = rho * (vols[i] ?? 0) * (vols[j] ?? 0);
    }
  }
  return out;
}

describe('published and worked portfolios', () => {
  const A = from([0.1, 0.2, 0.3, 0.4], [[0.8, 0, 0], [0, 0], [-0.5]]);
  const B = from([0.3, 0.2, 0.15], [[0.8, 0.5], [0.3]]);
  const C = from(
    [0.5, 0.6, 0.8, 0.9, 0.3],
    [[0.85, 0.55, 0.4, 0.1], [0.6, 0.45, 0.05], [0.7, 0.15], [0.2]],
  );
  const close = { abs: 5e-10 };
  // The reference adds nothing to the diagonal; ours adds 1e-6, which moves weights in the sixth digit.
  const nearly = { abs: 3e-5 };
  const distance = (m: Matrix) =>
    correlationDistance(
      matrix(
        m.rows,
        m.cols,
        m.values.map((x, k) => {
          const [i, j] = [Math.floor(k / m.cols), k % m.cols];
          return (
            x / Math.sqrt((m.values[i * m.cols + i] ?? NaN) * (m.values[j * m.cols + j] ?? NaN))
          );
        }),
      ),
    );

  it.each([
    [
      'A: Maillard, Roncalli & Teïletche',
      A,
      undefined,
      [0.383612506, 0.191806253, 0.242617852, 0.181963389],
    ],
    ['B: Roncalli', B, undefined, [0.19686194, 0.324440835, 0.478697225]],
    ['B: budgets 50/20/30', B, [50, 20, 30], [0.311450514, 0.218997507, 0.469551979]],
    ['C', C, undefined, [0.18290759, 0.151168814, 0.109901763, 0.104695685, 0.451326147]],
  ])('equal risk %s', (_, m, budgets, want) => {
    const got = riskParity(m, budgets);
    expectClose(got.weights, want, close);
    expect(got.residual).toBeLessThan(1e-13);
  });

  it.each([
    ['A', A, 1, [0.744827586, 0, 0.151724138, 0.103448276]],
    ['C', C, 1, [0.207228213, 0.033517925, 0, 0, 0.759253862]],
    ['C capped', C, 0.4, [0.4, 0.147528848, 0.001396774, 0.051074377, 0.4]],
  ])('minimum variance %s', (_, m, cap, want) => {
    const got = minVariance(m, { cap });
    expectClose(got.weights, want, nearly);
  });

  it('maximum Sharpe C', () => {
    const got = maxSharpe(C, [0.3, 0.35, 0.4, 0.6, 0.08], { cap: 1 });
    expect(got.status).toBe('optimal');
    if (got.status !== 'optimal') return;
    expectClose(got.weights, [0.358839841, 0.089784906, 0, 0.294761298, 0.256613955], nearly);
    expectClose(got.sharpe, 0.771666428, { abs: 1e-8 });
  });

  it('maximum diversification C is maximum Sharpe of volatilities', () => {
    const got = maxSharpe(C, [0.5, 0.6, 0.8, 0.9, 0.3], { cap: 1 });
    if (got.status !== 'optimal') throw new Error(got.status);
    expectClose(
      got.weights,
      [0.131983618, 0.140638281, 0.047059733, 0.092728537, 0.587589831],
      nearly,
    );
    expectClose(got.sharpe, 1.462167599, { abs: 1e-8 });
  });

  it('HRP A, where distances tie', () => {
    const got = hrp(distance(A), A, { method: 'single', cap: 1 });
    expectClose(got.weights, [0.556315007, 0.139078752, 0.194947994, 0.109658247], close);
  });

  it.each(['ward', 'single', 'complete', 'average'] as const)('HRP C, %s', (method) => {
    const got = hrp(distance(C), C, { method, cap: 1 });
    expect(Array.from(got.order)).toEqual([4, 0, 1, 2, 3]);
    expectClose(
      got.weights,
      [0.222157027, 0.10084028, 0.033461291, 0.026438551, 0.617102852],
      close,
    );
  });
});

describe('what holds for any market', () => {
  const market = fc
    .tuple(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 2, max: 9 }))
    .map(([seed, n]) => {
      const sds = Array.from({ length: n }, (_, i) => 0.01 * (1 + (i % 4)));
      return annualised(ledoitWolf(factorMatrix(seed, 80, 0, sds, 0.3)).covariance, 365);
    });
  const turned = (m: Matrix) =>
    matrix(
      m.rows,
      m.cols,
      m.values.map((_, k) => {
        const [i, j] = [Math.floor(k / m.cols), k % m.cols];
        return m.values[(m.rows - 1 - i) * m.cols + (m.cols - 1 - j)] ?? NaN;
      }),
    );

  it('risk-only portfolios ignore the scale and follow the assets', () => {
    fc.assert(
      fc.property(market, (m) => {
        const erc = riskParity(m);
        expectClose(riskParity(annualised(m, 7)).weights, erc.weights, { abs: 1e-11 });
        expectClose(riskParity(turned(m)).weights.reverse(), erc.weights, { abs: 1e-11 });
        const least = minVariance(m, { cap: 1 });
        expectClose(minVariance(turned(m), { cap: 1 }).weights.reverse(), least.weights, {
          abs: 1e-10,
        });
      }),
      { seed: 1, numRuns: 25 },
    );
  });

  it('minimum variance ≤ equal risk ≤ equal weight in volatility', () => {
    fc.assert(
      fc.property(market, (m) => {
        const equal = Math.sqrt(m.values.reduce((s, x) => s + x, 0)) / m.rows;
        const erc = riskParity(m).volatility;
        expect(minVariance(m, { cap: 1 }).volatility).toBeLessThanOrEqual(erc * (1 + 1e-5));
        expect(erc).toBeLessThanOrEqual(equal * (1 + 1e-12));
      }),
      { seed: 2, numRuns: 25 },
    );
  });
});

describe('neutrality that cannot be had', () => {
  it('is infeasible, with the range that can', () => {
    const m = matrixOfRows([
      [1, 0],
      [0, 1],
    ]);
    const got = minVariance(m, { cap: 1, neutral: { betas: [0.5, 2], tolerance: 0.1 } });
    expect([got.status, got.attainableBeta]).toEqual(['infeasible', { least: 0.5, most: 2 }]);
    expectClose(got.weights, [NaN, NaN], {});
  });
});

it.each([
  [
    'a covariance that is none',
    () =>
      riskParity(
        matrixOfRows([
          [-1, 0],
          [0, 1],
        ]),
      ),
    'math/not-definite',
  ],
  [
    'a flat asset in HRP',
    () =>
      hrp(
        matrix(2, 2),
        matrixOfRows([
          [0, 0],
          [0, 1],
        ]),
        { method: 'ward', cap: 1 },
      ),
    'math/out-of-range',
  ],
  [
    'a budget of 0',
    () =>
      riskParity(
        matrixOfRows([
          [1, 0],
          [0, 1],
        ]),
        [1, 0],
      ),
    'math/out-of-range',
  ],
  [
    'means of other assets',
    () => maxSharpe(matrixOfRows([[1]]), [1, 2], { cap: 1 }),
    'math/sizes-differ',
  ],
  [
    'a lookback of 5',
    () => clusterDistance(matrix(30, 2), { lookbacks: [5], shrinkage: 0 }),
    'math/out-of-range',
  ],
])('refuses %s', (_, work, code) => expect(refused(work).code).toBe(code));
