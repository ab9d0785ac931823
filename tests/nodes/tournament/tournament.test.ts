import { describe, expect, it } from '@jest/globals';
import { stream } from '../../../engine/sdk/random.js';
import { normalUpperQuantile } from '../../../nodes/math/normal.js';
import { performance } from '../../../nodes/math/performance.js';
import matrix from '../../../nodes/tournament/matrix.js';
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

  it('says how far trials spread and what the best of them would show by luck, a year', async () => {
    const many = Array.from({ length: 3 }, (_, i) => ({
      at: { rhythm: 'fast', fold: '1', scorer: 's' },
      value: frame({
        id: [`${i}a`, `${i}b`],
        event: [`E${i}`, `E${i}`],
        sharpe: [0.1 * i, -0.1 * i],
      }),
    }));
    const { outs } = await runNode(matrix, { ...ins, trials: many }, params);
    const [, row] = [...frameOf(outs, 'matrix').rows()];
    // 0, 0, ±0.1 and ±0.2 a day: squares add up to 0.1.
    const spread = Math.sqrt((0.1 / 5) * 365);
    const least = (n: number) =>
      0.4227843350984671 * normalUpperQuantile(1 / n) +
      0.5772156649015329 * normalUpperQuantile(1 / (n * Math.E));
    expect(row).toMatchObject({ trials: 8, families: 5 });
    expect(Number(row?.trial_spread)).toBeCloseTo(spread, 10);
    expect(Number(row?.best_by_luck)).toBeCloseTo(spread * least(8), 10);
    expect(Number(row?.best_of_families)).toBeCloseTo(spread * least(5), 10);
    const few = {
      ...ins,
      trials: many.slice(0, 1).map((t) => ({ ...t, value: t.value.slice(0, 1) })),
    };
    const [one] = [...frameOf((await runNode(matrix, few, params)).outs, 'matrix').rows()];
    expect(one).toMatchObject({ trial_spread: 0, best_by_luck: 0 });
  });

  it('funding is unknown where no fold knows it, and told of the days that do', async () => {
    const row = async (dark: number) => {
      const some = returns.map(({ at, value }, i) => ({
        at,
        value: value.with(
          'funding',
          value.column('funding').map(() => (i % 3 < dark ? NaN : 0.001)),
        ),
      }));
      const { outs } = await runNode(matrix, { ...ins, returns: some }, params);
      return [...frameOf(outs, 'matrix').rows()][1]?.funding;
    };
    expect(await row(3)).toBeNull();
    expect(Number(await row(2))).toBeCloseTo(0.365, 12);
  });

  it('numbers distinct results, and counts equal ones each as a trial', async () => {
    const twins = returns.map((r) => ({ ...r, at: { ...r.at, scorer: 'twin' } }));
    const nearly = good.map((net, i) => ({
      at: at(String(i + 1), 'near', 'good'),
      value: daily(20 * i, i < 2 ? net : net.map((r, day) => (day === 19 ? r + 1e-15 : r))),
    }));
    const all = { ...ins, returns: [...returns, ...twins, ...nearly] };
    const rows = [...frameOf((await runNode(matrix, all, params)).outs, 'matrix').rows()];
    expect(rows.map((r) => `${r.row} ${r.result}`)).toEqual([
      'fast/near/good 1',
      'fast/s/cash 2',
      'fast/s/good 3',
      'fast/twin/cash 2',
      'fast/twin/good 3',
    ]);
    expect(new Set(rows.map((r) => r.trials))).toEqual(new Set([3 + 5]));
  });

  it('says the least p that its draws can tell', async () => {
    const { outs } = await runNode(matrix, ins, params);
    const rows = [...frameOf(outs, 'matrix').rows()];
    expect(rows.map((r) => r.p_least)).toEqual([1 / 201, 1 / 201]);
    expect(rows[1]?.p).toBe(1 / 201);
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
