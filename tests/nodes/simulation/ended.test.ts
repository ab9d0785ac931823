import { describe, expect, it } from '@jest/globals';
import benchmark from '../../../nodes/simulation/benchmark.js';
import portfolio from '../../../nodes/simulation/portfolio.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import { costly, free } from '../../kit/research.js';

import { barsOf, CLOSE, COST, daysOf, decisionsAt, fold, ins, times } from './ten-bars.js';

describe('a symbol of which the universe says when it ended', () => {
  const gone = CLOSE.map((price, row) => (row < 5 ? price : NaN));
  const until = (symbol: string, row: number) =>
    frame({ symbol: [symbol, 'V'], delisted: [times[row] ?? NaN, NaN] });
  const held = { bars: barsOf({ S: gone }), funding: undefined };

  it('is closed at its last price, with its loss and the costs of a close, at the bar that opens then', async () => {
    const { days, trades } = await daysOf({ ...held, universe: until('S', 5) });
    const fee = 0.5 * COST;
    const fell = 0.5 * (101 / 102 - 1);
    expect(Number(days[0]?.net)).toBeCloseTo((1 - fee) * (1 + fell) * (1 - fee) - 1, 15);
    expect(Number(days[0]?.turnover)).toBeCloseTo(0.5 + 0.5 * (1 - fee) * (1 + fell), 12);
    expect(days[1]).toMatchObject({ net: 0, cost: 0, turnover: 0, exposure: 0, trades: 0 });
    expect([...trades.rows()]).toEqual([
      expect.objectContaining({
        symbol: 'S',
        exit: times[5],
        gross: expect.closeTo(101 / 102 - 1, 15),
      }),
    ]);
  });

  it('is no longer held where it ends later than its last price', async () => {
    const { days, trades } = await daysOf({ ...held, universe: until('S', 7) });
    expect(days[1]).toMatchObject({ gross: 0, turnover: 0.5, trades: 0 });
    expect(Number(days[1]?.net)).toBeCloseTo(-0.5 * COST, 15);
    expect(trades.time('exit')[0]).toBe(times[7]);
  });

  it('is entered no more', async () => {
    const decisions = decisionsAt([
      [4, 'S', 1],
      [6, 'S', 1],
    ]);
    // The entry of the first would be the bar at which it ends.
    const { days, trades } = await daysOf({ ...ins, decisions, universe: until('S', 5) });
    expect(trades.length).toBe(0);
    expect(days.map((d) => d.net)).toEqual([0, 0]);
  });

  it('is as any other while it lives, or where the universe does not know it', async () => {
    const plain = await daysOf({});
    for (const universe of [
      until('S', 99),
      until('T', 5),
      frame({ symbol: ['S'], delisted: [NaN] }),
    ])
      expect(await daysOf({ universe })).toEqual(plain);
  });

  it('is told, here and in the benchmark, where it is sold as well', async () => {
    const given = { ...ins, ...held, universe: until('S', 5) };
    const { warnings } = await runNode(portfolio, given, { cost: costly, fold });
    expect(warnings).toMatchObject([
      { code: 'simulation/delisted', facts: { symbols: 'S', count: 1 } },
    ]);
    const bench = { bars: barsOf({ S: gone, U: CLOSE }), universe: until('S', 5) };
    const { outs, warnings: told } = await runNode(benchmark, bench, { cost: free, fold });
    expect(told).toMatchObject([{ code: 'simulation/delisted', facts: { symbols: 'S' } }]);
    const days = [...frameOf(outs, 'returns').rows()];
    // Of 1.01 one half is sold and stays cash; the other goes on from 101 to 103.
    expect(Number(days[1]?.net)).toBeCloseTo(0.5 * (103 / 101 - 1), 15);
    expect(Number(days[1]?.exposure)).toBeLessThan(0.51);
  });
});
