import { expect, it } from '@jest/globals';
import matrix from '../../../nodes/tournament/matrix.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import { DAY, market, START } from '../../kit/research.js';
import { expectClose, type Golden, golden, toleranceOf } from '../math/golden.js';

/** Golden performance figures, through the node: windows are folds, and figures are computed once over all of them. */

const AREA = 'selection-allocation';
const casesOf = (name: string) => {
  const file = golden(AREA, name);
  return file
    .at('cases')
    .list()
    .map((c) => [c.at('id').text(), c, toleranceOf(file)] as const);
};

/** Windows one after the other as the folds of one row, against themselves as the benchmark. */
async function compared(windows: readonly Float64Array[], year: number) {
  let day = 0;
  const folds = windows.map((net, i) => {
    const from = day;
    day += net.length;
    const zero = Array.from(net, () => 0);
    return {
      at: { rhythm: 'r', fold: String(i + 1), scorer: 's', risk_profile: 'p' },
      value: frame({
        ts: zero.map((_, t) => START + (from + t) * DAY),
        net: [...net],
        gross: [...net],
        cost: zero,
        funding: zero,
        turnover: zero,
        exposure: zero.map(() => 1),
        net_exposure: zero,
        trades: zero,
      }),
    };
  });
  const trials = [
    { at: { rhythm: 'r', fold: '1' }, value: frame({ id: ['h'], event: ['E'], sharpe: [0.1] }) },
  ];
  const calendar = { ...market.calendar, days_per_year: year };
  const { outs } = await runNode(
    matrix,
    { returns: folds, benchmark: folds, trials },
    { market: { ...market, calendar }, draws: 5 },
  );
  const [row] = [...frameOf(outs, 'matrix').rows()];
  return { row: row ?? {}, outs };
}

function expectFigures(row: object, want: Golden, tolerance: ReturnType<typeof toleranceOf>) {
  const figures = {
    total: 'totalReturn',
    annual: 'cagr',
    volatility: 'annualisedVolatility',
    sharpe: 'sharpe',
    drawdown: 'maxDrawdown',
    benchmark_sharpe: 'sharpe',
    benchmark_annual: 'cagr',
  };
  for (const [ours, theirs] of Object.entries(figures)) {
    expectClose(Number(Reflect.get(row, ours)), want.at(theirs).number(), tolerance, ours);
  }
}

it.each(casesOf('performance-metrics'))('performance %s', async (_, c, tolerance) => {
  const year = c.at('input', 'annualisation').number();
  const { row } = await compared([c.at('input', 'returns').numbers()], year);
  expectFigures(row, c.at('expected'), tolerance);
  expectClose(Number(row.beta), 1, { abs: 1e-12 });
});

it.each(casesOf('stitched-performance'))('stitched %s', async (_, c, tolerance) => {
  const windows = c
    .at('input', 'windows')
    .list()
    .map((w) => w.numbers());
  const { row, outs } = await compared(windows, c.at('input', 'annualisation').number());
  const want = c.at('expected');
  expectFigures(row, want.at('stitched'), tolerance);
  const total = Number(row.total);
  const equity = frameOf(outs, 'equity');
  const own = equity.texts('row').lastIndexOf('r/s/p');
  expectClose(equity.column('equity')[own] ?? NaN, 1 + total, { abs: 1e-12 });
  expect(total <= -1).toBe(want.at('liquidated').value);
});
