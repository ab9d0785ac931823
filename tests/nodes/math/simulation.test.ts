import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drawdowns, maxDrawdown, ulcer } from '../../../nodes/math/drawdown.js';
import { matrixOfRows } from '../../../nodes/math/matrix.js';
import { performance } from '../../../nodes/math/performance.js';
import { type SimulationRule, simulate } from '../../../nodes/math/simulate.js';
import { stitch } from '../../../nodes/math/stitch.js';
import { walkForward } from '../../../nodes/math/walk-forward.js';
import { expectClose, type Golden, golden, type Tolerance, toleranceOf } from './golden.js';
import { refused } from './refused.js';

const AREA = 'selection-allocation';
const casesOf = (name: string) => {
  const file = golden(AREA, name);
  return file
    .at('cases')
    .list()
    .map((c) => [c.at('id').text(), c, toleranceOf(file)] as const);
};

function expectPerformance(
  returns: ArrayLike<number>,
  year: number,
  want: Golden,
  tolerance: Tolerance,
) {
  const got: Readonly<Record<string, number>> = { ...performance(returns, year) };
  expect(Object.keys(got).sort()).toEqual(want.keys().sort());
  for (const key of want.keys())
    expectClose(got[key] ?? NaN, want.at(key).number(), tolerance, key);
}

it.each(casesOf('performance-metrics'))('performance %s', (_, c, tolerance) => {
  const input = c.at('input');
  expectPerformance(
    input.at('returns').numbers(),
    input.at('annualisation').number(),
    c.at('expected'),
    tolerance,
  );
});

it.each(casesOf('stitched-performance'))('stitched %s', (_, c, tolerance) => {
  const got = stitch(
    c
      .at('input', 'windows')
      .list()
      .map((w) => w.numbers()),
  );
  expectClose(got.windows, c.at('expected', 'windowReturns').numbers(), tolerance);
  expect(got.ruinedIn !== undefined).toBe(c.at('expected', 'liquidated').value);
  const year = c.at('input', 'annualisation').number();
  expectPerformance(got.returns, year, c.at('expected', 'stitched'), tolerance);
});

it.each(casesOf('walk-forward'))('folds %s', (_, c) => {
  const input = c.at('input');
  const [rows, train, test, step] = ['rows', 'train', 'test', 'step'].map((k) =>
    input.at(k).number(),
  );
  const rule = {
    train: train ?? 0,
    test: test ?? 0,
    step: step ?? 0,
    anchored: input.at('anchored').value === true,
  };
  expect(walkForward(rows ?? 0, rule)).toEqual(c.at('expected', 'windows').value);
});

it('folds with a gap', () => {
  const folds = walkForward(100, { train: 40, test: 10, step: 10, gap: 2 });
  expect(folds.map((f) => [f.testStart, f.testEnd])).toEqual([
    [42, 52],
    [52, 62],
    [62, 72],
    [72, 82],
    [82, 92],
  ]);
});

function ruleOf(input: Golden): SimulationRule {
  return {
    rebalance: input.at('rebalanceMode').text() === 'daily' ? 'bar' : 'window',
    driftLimit:
      input.at('toleranceEnabled').value === true ? input.at('driftLimit').number() : undefined,
    costRate: input.at('costRate').number(),
    annualBorrowRate: input.at('annualBorrowRate').number(),
    barsPerYear: input.at('daysPerYear').number(),
    initialWeights:
      input.at('initialWeights').value === null ? undefined : input.at('initialWeights').numbers(),
    liquidationEquity: input.at('liquidationEquity').number(),
  };
}

it.each(casesOf('simulation'))('simulation %s', (_, c, tolerance) => {
  const input = c.at('input');
  const want = c.at('expected');
  const got = simulate(
    input.at('returns').matrix(),
    input.at('targetWeights').numbers(),
    ruleOf(input),
  );
  expectClose(got.returns, want.at('dailyReturns').numbers(), tolerance, 'returns');
  expectClose(got.equity, want.at('equity').numbers(), tolerance, 'equity');
  expectClose(got.costs, want.at('costs').numbers(), tolerance, 'costs');
  expectClose(got.turnover, want.at('turnover').number(), tolerance, 'turnover');
  expectClose(got.finalWeights, want.at('finalWeights').numbers(), tolerance, 'weights');
  expectClose(got.finalCash, want.at('finalCashWeight').number(), tolerance, 'cash');
  expectClose(got.liquidatedAt ?? NaN, want.at('liquidatedAt').number(), {});
});

describe('accounting', () => {
  const free: SimulationRule = { rebalance: 'window', costRate: 0, barsPerYear: 365 };

  /** Money and units instead of weights: what a position is worth is units × price, and cash stays cash. */
  const byUnits = (rows: readonly (readonly number[])[], target: readonly number[]) => {
    const value = [...target];
    const cash = 1 - target.reduce((s, w) => s + w, 0);
    return rows.map((row) => {
      for (const [i, r] of row.entries()) value[i] = (value[i] ?? 0) * (1 + r);
      return cash + value.reduce((s, v) => s + v, 0);
    });
  };

  it('agrees with a book in money', () => {
    const r = fc.double({ min: -0.2, max: 0.2, noNaN: true });
    const w = fc.double({ min: -0.3, max: 0.5, noNaN: true });
    const rows = fc.array(fc.tuple(r, r, r), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.tuple(w, w, w), (given, target) => {
        const equity = byUnits(given, target);
        fc.pre(equity.every((e) => e > 0.05));
        expectClose(simulate(matrixOfRows(given), target, free).equity, equity, { rel: 1e-12 });
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it.each([
    ['a short gains what the market loses', [[-0.1], [-0.1]], [-1], [1.1, 1.19]],
    ['a short that doubles is closed at its weight', [[3], [5]], [-0.5], [0.5, 0.5]],
    ['a missing return is no return', [[NaN], [0.1]], [1], [1, 1.1]],
    ['ruin is final', [[-1], [0.5]], [1], [0, 0]],
  ])('%s', (_, rows, target, equity) => {
    expectClose(simulate(matrixOfRows(rows), target, free).equity, equity, { abs: 1e-15 });
  });

  it('counts the gaps it met', () => {
    const got = simulate(
      matrixOfRows([
        [NaN, NaN],
        [NaN, 0],
      ]),
      [1, 0],
      free,
    );
    expect([got.gaps, got.finalWeights]).toEqual([2, Float64Array.of(1, 0)]);
  });

  it('goes to cash for good at the dust gate', () => {
    const got = simulate(matrixOfRows([[-0.995], [1]]), [1], { ...free, liquidationEquity: 0.01 });
    expectClose(got.equity, [0.005, 0.005], { abs: 1e-15 });
    expectClose(got.returns, [-0.995, 0], { abs: 1e-15 });
    expect([got.liquidatedAt, got.finalCash]).toEqual([0, 1]);
  });

  it('carried weights cost only their change', () => {
    const rule = { ...free, costRate: 0.01, initialWeights: [0.5, 0.5] };
    const got = simulate(matrixOfRows([[0, 0]]), [0.6, 0.4], rule);
    expectClose([got.turnover, got.costs[0] ?? NaN], [0.1, 0.002], { abs: 1e-15 });
  });
});

describe('the worked series of the methods reference, section 12', () => {
  const r = [0.02, -0.01, 0.03, -0.04, 0.015, 0, -0.02, 0.05, -0.03, 0.01, 0.025, -0.015];
  const got = performance(r, 365);
  it.each([
    ['total', got.totalReturn, 0.0315218816],
    ['CAGR', got.cagr, 1.5702145062],
    ['Sharpe', got.sharpe, 2.0828679907],
    ['Sortino', got.sortino, 3.3990612779],
    ['drawdown', got.maxDrawdown, -0.045088],
    ['Calmar', got.calmar, 34.8255523902],
    ['Ulcer', ulcer(r), 0.0234178311],
    ['VaR', got.var95, -0.0345],
    ['CVaR', got.cvar95, -0.04],
    ['Omega', got.omega, 1.3043478261],
    ['hit rate', got.hitRate, 0.5],
  ])('%s', (_, value, want) => expectClose(value, want, { rel: 5e-10, abs: 5e-11 }));
});

describe('edges', () => {
  it('undefined ratios are missing, not infinite', () => {
    const { sharpe, sortino, calmar, omega } = performance([0.01, 0.01], 365);
    expect([sharpe, sortino, calmar, omega]).toEqual([NaN, NaN, NaN, NaN]);
  });
  it('nothing gives nothing', () => {
    const { observations, totalReturn, cagr, sharpe, hitRate } = performance([NaN], 365);
    expect([observations, totalReturn, cagr, sharpe, hitRate]).toEqual([0, NaN, NaN, NaN, NaN]);
  });
  it('a first loss is a drawdown, a gap is none', () => {
    expectClose(drawdowns([-0.1, NaN, 0.2]), [-0.1, -0.1, 0], { abs: 1e-15 });
    expect(maxDrawdown([0.1, 0.2])).toBe(0);
  });
  it('ruin in one window ends the rest', () => {
    const got = stitch([[0.1], [-1, 0], [0.4]]);
    expectClose(got.returns, [0.1, -1, 0, 0], {});
    expectClose(got.windows, [0.1, -1, 0], { abs: 1e-15 });
    expect(got.ruinedIn).toBe(1);
  });
  it.each([
    [
      'targets of other assets',
      () =>
        simulate(matrixOfRows([[0]]), [1, 1], { rebalance: 'bar', costRate: 0, barsPerYear: 1 }),
      'math/sizes-differ',
    ],
    [
      'a missing target',
      () => simulate(matrixOfRows([[0]]), [NaN], { rebalance: 'bar', costRate: 0, barsPerYear: 1 }),
      'math/not-finite',
    ],
    [
      'a negative cost',
      () => simulate(matrixOfRows([[0]]), [1], { rebalance: 'bar', costRate: -1, barsPerYear: 1 }),
      'math/out-of-range',
    ],
    ['no bars a year', () => performance([0.1], 0), 'math/out-of-range'],
    ['a step of 0', () => walkForward(9, { train: 1, test: 1, step: 0 }), 'math/out-of-range'],
  ])('refuses %s', (_, work, code) => expect(refused(work).code).toBe(code));
});
