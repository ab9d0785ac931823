import { describe, expect, it } from '@jest/globals';
import { stream } from '../../../engine/sdk/random.js';
import { performance } from '../../../nodes/math/performance.js';
import matrix from '../../../nodes/tournament/matrix.js';
import table from '../../../nodes/tournament/table.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { nodeTable, runNode } from '../../kit/node.js';
import { DAY, market, START } from '../../kit/research.js';

/** Daily results of `n` days from day `from`; net is 0 for cash. */
const daily = (from: number, net: readonly number[]) =>
  frame({
    ts: net.map((_, i) => START + (from + i) * DAY),
    net: [...net],
    gross: net.map((r) => r + 0.001),
    cost: net.map(() => 0.001),
    funding: net.map(() => 0),
    turnover: net.map((r) => (r === 0 ? 0 : 1)),
    exposure: net.map((r) => (r === 0 ? 0 : 0.2)),
    net_exposure: net.map(() => 0),
    trades: net.map((r) => (r === 0 ? 0 : 2)),
  });
const noise = (key: number, n: number, mean = 0) => {
  const random = stream([key, 5]);
  return Array.from({ length: n }, () => mean + 0.01 * random.normal());
};
const at = (fold: string, scorer: string, risk_profile: string) => ({
  rhythm: 'fast',
  fold,
  scorer,
  risk_profile,
});
const good = [noise(1, 20, 0.006), noise(2, 20, 0.006), noise(3, 20, 0.006)];
const flat = Array.from({ length: 20 }, () => 0);
const returns = [
  ...good.map((net, i) => ({ at: at(String(i + 1), 's', 'good'), value: daily(20 * i, net) })),
  ...good.map((_, i) => ({ at: at(String(i + 1), 's', 'cash'), value: daily(20 * i, flat) })),
];
const benchmark = ['s', 'other'].flatMap((scorer) =>
  good.map((_, i) => ({
    at: { rhythm: 'fast', fold: String(i + 1), scorer },
    value: daily(20 * i, noise(9 + i, 20)),
  })),
);
const trialsOf = (shift: number) =>
  frame({
    id: ['h1', 'h2', 'h3'],
    event: ['E', 'E', 'F'],
    sharpe: [0.1 + shift, -0.1 + shift, NaN],
  });
const trials = ['1', '2'].map((fold, i) => ({
  at: { rhythm: 'fast', fold, scorer: 's' },
  value: trialsOf(i * 0.02),
}));
const ins = { returns, benchmark, trials };
const params = { market, draws: 200 };
const overlapping = [...returns, { at: at('4', 's', 'good'), value: daily(59, [0.01]) }];

describe('tournament.matrix', () => {
  nodeTable(matrix, {
    gives: [
      {
        name: 'one row a combination, folds end to end',
        in: ins,
        params: { market, draws: 20, confidence: 0.9 },
        seed: 3,
        out: {},
      },
    ],
    refuses: [
      {
        name: 'folds that test the same day',
        in: { ...ins, returns: overlapping },
        params,
        code: 'tournament/overlap',
        data: { row: 'fast/s/good', first: '3', second: '4', day: '2024-02-29' },
      },
      {
        name: 'a rhythm without a benchmark',
        in: {
          ...ins,
          benchmark: benchmark.map((b) => ({ ...b, at: { ...b.at, rhythm: 'slow' } })),
        },
        params,
        code: 'tournament/no-benchmark',
        data: { rhythm: 'fast' },
      },
      {
        name: 'a benchmark of other days',
        in: { ...ins, benchmark: benchmark.slice(0, 2) },
        params,
        code: 'tournament/other-days',
        data: { days: 60, benchmark: 40 },
      },
    ],
    elsewhere: { params: ['seed'] },
  });

  it('computes figures once, over all folds', async () => {
    const { outs } = await runNode(matrix, ins, params);
    const [cash, row] = [...frameOf(outs, 'matrix').rows()];
    const whole = performance(good.flat(), 365);
    expect(row).toMatchObject({
      row: 'fast/s/good',
      folds: 3,
      days: 60,
      active_days: 60,
      trades: 120,
      trials: 5,
      families: 4,
    });
    expect(Number(row?.sharpe)).toBeCloseTo(whole.sharpe, 12);
    expect(Number(row?.annual)).toBeCloseTo(whole.cagr, 12);
    expect(Number(row?.cost)).toBeCloseTo(0.365, 9);
    expect(Number(row?.sharpe_low)).toBeLessThan(whole.sharpe);
    expect(Number(row?.dsr)).toBeLessThan(Number(row?.psr));
    expect(cash).toMatchObject({
      row: 'fast/s/cash',
      sharpe: null,
      psr: null,
      p: null,
      active_days: 0,
      total: 0,
    });
  });

  it('draws all rows of a rhythm on the same days, whatever else is compared', async () => {
    const alone = { ...ins, returns: returns.slice(0, 3) };
    const [a, b] = [await runNode(matrix, ins, params), await runNode(matrix, alone, params)];
    const low = (outs: typeof a.outs) =>
      [...frameOf(outs, 'matrix').rows()].find((r) => r.row === 'fast/s/good')?.sharpe_low;
    expect(low(a.outs)).toBe(low(b.outs));
  });

  it('stitches equity from 1, keeps one benchmark a rhythm, and sums folds up', async () => {
    const { outs } = await runNode(matrix, ins, params);
    const equity = [...frameOf(outs, 'equity').rows()];
    expect([...new Set(equity.map((r) => r.row))]).toEqual([
      'fast/benchmark',
      'fast/s/cash',
      'fast/s/good',
    ]);
    expect(equity.length).toBe(180);
    const last = equity[equity.length - 1];
    expect(Number(last?.equity)).toBeCloseTo(
      good.flat().reduce((e, r) => e * (1 + r), 1),
      12,
    );
    const folds = [...frameOf(outs, 'folds').rows()].filter((r) => r.row === 'fast/s/good');
    expect(folds.map((f) => f.fold)).toEqual([1, 2, 3]);
    expect(Number(folds[1]?.net)).toBeCloseTo(
      (good[1] ?? []).reduce((e, r) => e * (1 + r), 1) - 1,
      12,
    );
  });

  it('nothing is left after ruin', async () => {
    const ruined = returns.map((r, i) =>
      i === 1 ? { ...r, value: daily(20, [-1, ...noise(4, 19)]) } : r,
    );
    const { outs } = await runNode(matrix, { ...ins, returns: ruined }, params);
    const row = [...frameOf(outs, 'matrix').rows()].find((r) => r.row === 'fast/s/good');
    expect(row).toMatchObject({ total: -1, annual: -1, drawdown: -1 });
  });
});

describe('tournament.table', () => {
  const rows = (
    list: readonly {
      readonly row: string;
      readonly sharpe: number;
      readonly p: number;
      readonly dsr?: number;
      readonly low?: number;
      readonly active?: number;
    }[],
  ) => {
    const zero = list.map(() => 0.1);
    return frame({
      row: list.map((r) => r.row),
      sharpe: list.map((r) => r.sharpe),
      p: list.map((r) => r.p),
      dsr: list.map((r) => r.dsr ?? 0.5),
      sharpe_low: list.map((r) => r.low ?? 0),
      active_days: list.map((r) => r.active ?? 10),
      benchmark_sharpe: list.map(() => 0.5),
      total: zero,
      annual: zero,
      sharpe_high: zero,
      drawdown: zero.map((x) => -x),
      trades: zero,
    });
  };
  const verdicts = async (list: Parameters<typeof rows>[0], more = {}) => {
    const { outs } = await runNode(table, { matrix: rows(list) }, more);
    return [...frameOf(outs, 'table').rows()].map((r) => `${r.rank} ${r.row} ${r.verdict}`);
  };
  nodeTable(table, {
    gives: [
      {
        name: 'nothing compared',
        in: { matrix: rows([{ row: 'a', sharpe: 1, p: 1 }]).slice(0, 0) },
        params: { fdr: 0.1, least_dsr: 0.9 },
        out: {},
      },
    ],
  });

  it('ranks by Sharpe ratio and says what each row is worth', async () => {
    expect(
      await verdicts([
        { row: 'a', sharpe: NaN, p: NaN, active: 0 },
        { row: 'b', sharpe: 2, p: 0.001, dsr: 0.99, low: 0.8 },
        { row: 'c', sharpe: 2.5, p: 0.001, dsr: 0.5, low: 1 },
        { row: 'd', sharpe: 1, p: 0.4 },
        { row: 'e', sharpe: 2, p: 0.001, dsr: 0.99, low: 0.4 },
      ]),
    ).toEqual(['1 c unproven', '2 b validated', '3 e unproven', '4 d noise', '5 a cash']);
  });

  it('many rows make a p-value worth less', async () => {
    const list = Array.from({ length: 10 }, (_, i) => ({
      row: `r${i}`,
      sharpe: 1,
      p: i === 0 ? 0.01 : 0.9,
    }));
    expect((await verdicts(list))[0]).toBe('1 r0 noise');
    expect((await verdicts(list, { fdr: 0.1 }))[0]).toBe('1 r0 unproven');
  });
});
