import { describe, expect, it } from '@jest/globals';
import table from '../../../nodes/tournament/table.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { nodeTable, runNode } from '../../kit/node.js';
import { market } from '../../kit/research.js';

interface Given {
  readonly row: string;
  readonly sharpe: number;
  readonly p: number;
  readonly dsr?: number;
  readonly low?: number;
  readonly active?: number;
  readonly result?: number;
  readonly funding?: number;
  /** Reasons of each fold that held anything; one sound fold unless told. */
  readonly folds?: readonly (readonly string[])[];
}

const rows = (list: readonly Given[]) => {
  const zero = list.map(() => 0.1);
  return frame({
    row: list.map((r) => r.row),
    result: list.map((r, i) => r.result ?? i + 1),
    sharpe: list.map((r) => r.sharpe),
    p: list.map((r) => r.p),
    p_least: list.map(() => 0.001),
    dsr: list.map((r) => r.dsr ?? 0.5),
    sharpe_low: list.map((r) => r.low ?? 0),
    active_days: list.map((r) => r.active ?? 10),
    benchmark_sharpe: list.map(() => 0.5),
    total: zero,
    annual: zero,
    sharpe_high: zero,
    drawdown: zero.map((x) => -x),
    trades: zero,
    funding: list.map((r) => r.funding ?? 0),
  });
};
/** What the table needs of the folds of `r/s/p`. */
const summariesOf = (list: readonly Given[]) =>
  list.flatMap(({ row, folds = [[]] }) => {
    const [rhythm = '', scorer = '', risk_profile = ''] = row.split('/');
    const value = (degraded: readonly string[], winners: number) => ({
      selection: { winners },
      degraded,
    });
    return [
      ...folds.map((degraded, i) => ({
        at: { rhythm, fold: String(i + 1), scorer, risk_profile },
        value: value(degraded, 3),
      })),
      { at: { rhythm, fold: 'idle', scorer, risk_profile }, value: value([], 0) },
    ];
  });
const told = async (list: readonly Given[], more = {}) => {
  const ins = { matrix: rows(list), summaries: summariesOf(list) };
  return [...frameOf((await runNode(table, ins, { market, ...more })).outs, 'table').rows()];
};
const verdicts = async (list: readonly Given[], more = {}) =>
  (await told(list, more)).map((r) => `${r.rank} ${r.row} ${r.verdict}`);
/** What every row says first. */
const SHOWN = 'simulated, nothing planted';
/** Passes every test. */
const strong = { sharpe: 2, p: 0.001, dsr: 0.99, low: 0.8 };

describe('tournament.table', () => {
  nodeTable(table, {
    gives: [
      {
        name: 'nothing compared',
        in: { matrix: rows([{ row: 'r/s/a', sharpe: 1, p: 1 }]).slice(0, 0), summaries: [] },
        params: { market, fdr: 0.1, least_dsr: 0.9 },
        out: {},
      },
    ],
    refuses: [
      {
        name: 'a row of which no fold tells what it leaned on',
        in: { matrix: rows([{ row: 'r/s/a', sharpe: 1, p: 1 }]), summaries: [] },
        params: { market },
        code: 'tournament/no-summary',
        data: { row: 'r/s/a' },
      },
    ],
  });

  it('ranks by Sharpe ratio and says what each row is worth', async () => {
    expect(
      await verdicts([
        { row: 'r/s/a', sharpe: NaN, p: NaN, active: 0 },
        { row: 'r/s/b', ...strong },
        { row: 'r/s/c', sharpe: 2.5, p: 0.001, dsr: 0.5, low: 1 },
        { row: 'r/s/d', sharpe: 1, p: 0.4 },
        { row: 'r/s/e', ...strong, low: 0.4 },
      ]),
    ).toEqual([
      '1 r/s/c unproven',
      '2 r/s/b validated',
      '3 r/s/e unproven',
      '4 r/s/d noise',
      '5 r/s/a cash',
    ]);
  });

  it('praises no row of which half or more leaned on fallbacks, and says on which', async () => {
    const few = ['fewer than 15 winners'];
    const found = await told([
      { row: 'r/s/a', ...strong, folds: [few, [...few, 'caps were raised'], [], []] },
      { row: 'r/s/b', ...strong, sharpe: 1.9, folds: [few, [], []] },
      { row: 'r/s/c', ...strong, sharpe: 1.8, dsr: 0.1, folds: [few] },
      { row: 'r/s/d', ...strong, sharpe: 1.7 },
    ]);
    expect(found.map((r) => [r.verdict, r.fallbacks, r.invested, r.why])).toEqual([
      ['degraded', 2, 4, `${SHOWN}; fewer than 15 winners: 2; caps were raised: 1`],
      ['validated', 1, 3, `${SHOWN}; fewer than 15 winners: 1`],
      ['unproven', 1, 1, `${SHOWN}; DSR 0.1 below 0.95; fewer than 15 winners: 1`],
      ['validated', 0, 1, SHOWN],
    ]);
  });

  it('says what keeps a row from being validated, and only of those that q passes', async () => {
    const found = await told([
      { row: 'r/s/a', ...strong, low: 0.4, dsr: 0.5 },
      { row: 'r/s/b', ...strong, sharpe: 1.9, low: 0.5 },
      { row: 'r/s/c', sharpe: 1, p: 0.4, dsr: 0.1 },
      { row: 'r/s/d', ...strong, sharpe: 0.9 },
    ]);
    expect(found.map((r) => [r.verdict, r.why])).toEqual([
      ['unproven', `${SHOWN}; DSR 0.5 below 0.95; lower bound 0.4 not above buying and holding`],
      ['unproven', `${SHOWN}; lower bound 0.5 not above buying and holding`],
      ['noise', SHOWN],
      ['validated', SHOWN],
    ]);
  });

  it('says first what the market is, and that funding is not known', async () => {
    const why = async (of: object, funding = 0) =>
      (await told([{ row: 'r/s/a', ...strong, funding }], { market: { ...market, ...of } }))[0]
        ?.why;
    const planted = (count: number) => ({ simulator: { planted: Array(count).fill({}) } });
    const real = { source: 'files', id: 'binance_perp' };
    expect(await why(planted(4))).toBe('simulated, 4 effects planted');
    expect(await why(planted(1))).toBe('simulated, 1 effect planted');
    expect(await why(planted(1), NaN)).toBe('simulated, 1 effect planted, funding not known');
    expect(await why(real)).toBe('binance_perp');
    expect(await why(real, NaN)).toBe('binance_perp, funding not known');
  });

  it('has units, so that a terminal shows per cent', async () => {
    const list = [{ row: 'r/s/a', ...strong }];
    const ins = { matrix: rows(list), summaries: summariesOf(list) };
    const { outs } = await runNode(table, ins, { market });
    const made = frameOf(outs, 'table');
    const fractions = made.names.filter((name) => made.unit(name) === 'fraction');
    expect(fractions).toEqual(['total', 'annual', 'drawdown']);
  });

  it('says where q is no more than a bound, because no draw was as bad', async () => {
    const found = await told([
      { row: 'r/s/a', sharpe: 2, p: 0.001 },
      { row: 'r/s/b', sharpe: 1, p: 0.002 },
      { row: 'r/s/c', sharpe: NaN, p: NaN },
    ]);
    expect(found.map((r) => [r.q, r.q_value])).toEqual([
      ['≤ 0.002', 0.002],
      ['0.002', 0.002],
      [null, null],
    ]);
  });

  it('numbers results by rank; twins of a good row do not make its q smaller, nor those of a bad one', async () => {
    const base = [
      { row: 'r/s/a', sharpe: 2, p: 0.01, result: 7 },
      { row: 'r/s/b', sharpe: 1, p: 0.9, result: 3 },
    ];
    const q = async (more: readonly Given[]) =>
      (await told([...base, ...more])).map((r) => [r.result, r.q_value]);
    expect(await q([])).toEqual([
      [1, 0.02],
      [2, 0.9],
    ]);
    const twin = await q([{ row: 'r/t/a', sharpe: 2, p: 0.01, result: 7 }]);
    expect(twin).toEqual([
      [1, 0.02],
      [1, 0.02],
      [2, 0.9],
    ]);
    const worse = await q([{ row: 'r/t/b', sharpe: 1, p: 0.9, result: 3 }]);
    expect(worse[0]).toEqual([1, 0.03]);
  });

  it('has few enough columns to be printed after a run', async () => {
    const [row = {}] = await told([{ row: 'r/s/a', sharpe: 1, p: 0.4 }]);
    expect(Object.keys(row).length).toBeLessThanOrEqual(16);
  });

  it('many rows make a p-value worth less', async () => {
    const list = Array.from({ length: 10 }, (_, i) => ({
      row: `r/s/${i}`,
      sharpe: 1,
      p: i === 0 ? 0.01 : 0.9,
    }));
    expect((await verdicts(list))[0]).toBe('1 r/s/0 noise');
    expect((await verdicts(list, { fdr: 0.1 }))[0]).toBe('1 r/s/0 unproven');
  });
});
