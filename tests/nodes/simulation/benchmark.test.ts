import { describe, expect, it } from '@jest/globals';
import benchmark from '../../../nodes/simulation/benchmark.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { nodeTable, runNode } from '../../kit/node.js';
import { barsOf, costly, DAY, FIVE, foldUntil, free, START, world } from '../../kit/research.js';

const small = world(6, { days: 2, symbols: 2, events: [], rate: 0 });
const bars = barsOf(small);
const other = frame({ ts: [START, START + FIVE], close: [1, 2] });
const fold = foldUntil(START + 2 * DAY);

describe('simulation.benchmark', () => {
  nodeTable(benchmark, {
    gives: [
      {
        name: 'one symbol that doubles, half of it lost again, without costs',
        in: {
          bars: [
            {
              at: { symbol: 'S0' },
              value: frame({ ts: [START, START + FIVE, START + 2 * FIVE], close: [1, 2, 1.5] }),
            },
          ],
          funding: undefined,
        },
        params: { cost: free, fold: foldUntil(START + 3 * FIVE) },
        out: {
          returns: frame({
            ts: [START],
            net: [0.5],
            gross: [0.5],
            cost: [0],
            funding: [0],
            turnover: [2.5],
            exposure: [2 / 3],
            net_exposure: [2 / 3],
            trades: [1],
          }),
        },
      },
    ],
    refuses: [
      {
        name: 'bars of nobody',
        in: { bars: [{ at: {}, value: other }], funding: undefined },
        params: { cost: free, fold },
        code: 'simulation/no-symbol',
        data: {},
      },
      {
        name: 'symbols on different clocks',
        in: {
          bars: [...bars.slice(0, 1), { at: { symbol: 'S1' }, value: other }],
          funding: undefined,
        },
        params: { cost: free, fold },
        code: 'simulation/clocks-differ',
        data: { symbol: 'S1', first: 'S0' },
      },
    ],
    warns: [
      {
        name: 'rows that stop a bar before the announced end',
        in: { bars: [{ at: { symbol: 'S1' }, value: other }], funding: undefined },
        params: { cost: free, fold: foldUntil(START + 3 * FIVE), spacing: '5m' },
        code: 'simulation/still-held',
        data: { symbols: 'S1' },
      },
    ],
    elsewhere: { codes: ['simulation/delisted'] }, // ended.test.ts
  });

  it('does not call funding 0 where it is to be paid and no symbol has a print', async () => {
    const of = async (cost: object, funding?: object) => {
      const { outs } = await runNode(benchmark, { bars, funding }, { cost, fold });
      return Array.from(frameOf(outs, 'returns').column('funding'));
    };
    const none = bars.map(({ at }) => ({ at, value: frame({ ts: [], rate: [] }) }));
    expect(await of(costly)).toEqual([NaN, NaN]);
    expect(await of(costly, none)).toEqual([NaN, NaN]);
    expect(await of(free, none)).toEqual([0, 0]);
    const one = [{ at: { symbol: 'S0' }, value: frame({ ts: [START + FIVE], rate: [0.01] }) }];
    const [first = NaN, second] = await of(costly, one);
    expect(first).toBeGreaterThan(0);
    expect(second).toBe(0);
  });

  it('is the mean of both symbols less a cost on each side', async () => {
    const total = async (cost: object) => {
      const { outs } = await runNode(benchmark, { bars, funding: undefined }, { cost, fold });
      return frameOf(outs, 'returns')
        .column('net')
        .reduce((equity, r) => equity * (1 + r), 1);
    };
    const growth = small.prices.map((p) => (p[p.length - 1] ?? NaN) / (p[0] ?? NaN));
    const mean = ((growth[0] ?? NaN) + (growth[1] ?? NaN)) / 2;
    expect(await total(free)).toBeCloseTo(mean, 10);
    expect(await total(costly)).toBeCloseTo(mean - 0.00065 - 0.00065 * mean, 6);
  });
});
