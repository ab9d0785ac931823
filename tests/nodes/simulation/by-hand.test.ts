import { describe, expect, it } from '@jest/globals';
import benchmark from '../../../nodes/simulation/benchmark.js';
import { frameOf } from '../../kit/chain.js';
import { runNode } from '../../kit/node.js';
import { costly, DAY, free, START } from '../../kit/research.js';

import {
  atom,
  barsOf,
  CLOSE,
  COST,
  daysOf,
  decisionsAt,
  fold,
  ins,
  RATE,
  tableOf,
  times,
  weigh,
} from './ten-bars.js';

describe('ten bars by hand', () => {
  it('fees, spread, slippage and funding to the last digit', async () => {
    const { days, trades } = await daysOf({});
    const fee = 0.5 * COST;
    const fell = 0.5 * (101 / 102 - 1);
    // First day: pay to enter, then hold through the fall of row 4.
    const first = (1 - fee) * (1 + fell) - 1;
    // Second day: funding and the exit in row 6; short from row 7, out at the last row.
    const gains = [-0.5 * (102 / 104 - 1), -0.5 * (103 / 102 - 1)] as const;
    const paid = 0.5 * RATE;
    const second = (1 - paid - fee) * (1 - fee) * (1 + gains[0]) * (1 + gains[1] - fee) - 1;
    expect(days.map((d) => d.ts)).toEqual([START, START + DAY]);
    expect(Number(days[0]?.net)).toBeCloseTo(first, 15);
    expect(Number(days[0]?.cost)).toBeCloseTo(fee, 15);
    expect(Number(days[0]?.gross)).toBeCloseTo((1 - fee) * fell, 15);
    expect(Number(days[0]?.funding)).toBe(0);
    expect(Number(days[1]?.net)).toBeCloseTo(second, 15);
    expect(Number(days[1]?.funding)).toBeCloseTo(paid, 15);
    const equity = [
      1,
      1 - paid - fee,
      (1 - paid - fee) * (1 - fee),
      (1 - paid - fee) * (1 - fee) * (1 + gains[0]),
    ] as const;
    expect(Number(days[1]?.cost)).toBeCloseTo(fee * (equity[0] + equity[1] + equity[3]), 15);
    expect(Number(days[1]?.gross)).toBeCloseTo(equity[2] * gains[0] + equity[3] * gains[1], 15);
    expect(days[0]).toMatchObject({
      turnover: 0.5,
      exposure: 2 / 6,
      net_exposure: 2 / 6,
      trades: 1,
    });
    expect(days[1]).toMatchObject({ exposure: 1 / 4, net_exposure: -1 / 4, trades: 1 });
    expect(trades.column('gross')[0]).toBeCloseTo(101 / 102 - 1, 15);
    expect(trades.column('gross')[1]).toBeCloseTo(-(103 / 104 - 1), 15);
    expect([...trades.time('ts')]).toEqual([times[2], times[7]]);
    expect([...trades.time('exit')]).toEqual([times[6], times[9]]);
  });

  it('a day is its gross less costs less funding', async () => {
    for (const day of (await daysOf({})).days) {
      const parts = Number(day.gross) - Number(day.cost) - Number(day.funding);
      expect(Number(day.net)).toBeCloseTo(parts, 15);
    }
  });

  it('each cost is charged for what it is', async () => {
    const cost = async (more: object) =>
      Number((await daysOf({}, { ...free, ...more })).days[0]?.cost);
    expect(await cost({ taker_bps: 5 })).toBeCloseTo(2.5e-4, 15);
    expect(await cost({ half_spread_bps: 2 })).toBeCloseTo(1e-4, 15);
    expect(await cost({ slippage_bps: 1 })).toBeCloseTo(5e-5, 15);
    expect(await cost({ maker_bps: 9 })).toBe(0);
  });

  it('a short receives the funding that longs pay', async () => {
    const decisions = decisionsAt([[1, 'S', -1]]);
    const { days } = await daysOf({ decisions }, { ...free, funding: true });
    expect(Number(days[1]?.funding)).toBeCloseTo(-0.5 * RATE, 15);
  });

  it('who leaves at the close before a settlement does not pay it', async () => {
    const atoms = tableOf([atom('a', 'S', { horizon: 3 })]);
    const { days } = await daysOf({ atoms, decisions: decisionsAt([[1, 'S', 1]]) });
    expect(days.map((d) => d.funding)).toEqual([0, 0]);
  });

  it('opposite atoms on one symbol cancel before they cost anything', async () => {
    const atoms = tableOf([atom('a', 'S'), atom('b', 'S', { direction: -1 })]);
    const { days, trades } = await daysOf({ atoms, weights: weigh({ a: 0.5, b: 0.5 }) });
    expect(
      days.map(({ net, cost, turnover, exposure }) => [net, cost, turnover, exposure]),
    ).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    expect(trades.length).toBe(4);
  });

  it('two symbols add up; a symbol without funding prints pays none', async () => {
    const both = {
      bars: barsOf({ S: CLOSE, U: CLOSE.map((p) => 2 * p) }),
      decisions: decisionsAt([
        [1, 'S', 1],
        [1, 'U', -1],
      ]),
      atoms: tableOf([atom('a', 'S'), atom('b', 'U')]),
      weights: weigh({ a: 0.5, b: 0.25 }),
    };
    const { days } = await daysOf(both);
    const fell = 101 / 102 - 1;
    const cost = 0.75 * COST;
    expect(Number(days[0]?.net)).toBeCloseTo((1 - cost) * (1 + 0.25 * fell) - 1, 15);
    expect(days[0]).toMatchObject({ exposure: 0.5, net_exposure: 0.25 * (4 / 6) });
    expect(Number(days[1]?.net)).toBeCloseTo(-0.5 * RATE - cost, 15);
  });
});

describe('a symbol that is delisted', () => {
  const gone = CLOSE.map((price, row) => (row > 4 ? NaN : price));

  it('is held on at its last known close: nobody saw a price to leave at', async () => {
    const { days, trades } = await daysOf({ bars: barsOf({ S: gone }), funding: [] });
    const fee = 0.5 * COST;
    const fell = 0.5 * (101 / 102 - 1);
    expect(Number(days[0]?.net)).toBeCloseTo((1 - fee) * (1 + fell) - 1, 15);
    expect(days[1]).toMatchObject({ net: 0, cost: 0, turnover: 0, exposure: 0.5, trades: 0 });
    expect(trades.length).toBe(0);
  });

  it('does not stop the others', async () => {
    const { days } = await daysOf({
      bars: barsOf({ S: CLOSE, U: gone }),
      decisions: decisionsAt([
        [1, 'S', 1],
        [5, 'U', 1],
      ]),
      atoms: tableOf([atom('a', 'S'), atom('b', 'U')]),
      weights: weigh({ a: 0.5, b: 0.5 }),
    });
    const alone = await daysOf({ decisions: decisionsAt([[1, 'S', 1]]) });
    expect(days.map((d) => d.net)).toEqual(alone.days.map((d) => d.net));
  });

  it('stays in the benchmark at its last price; one listed later is bought then, with an equal part of all', async () => {
    const held = async (
      closes: Readonly<Record<string, readonly number[]>>,
      cost: object = free,
    ) => {
      const { outs } = await runNode(
        benchmark,
        { bars: barsOf(closes), funding: undefined },
        { cost, fold },
      );
      return frameOf(outs, 'returns')
        .column('net')
        .reduce((equity, r) => equity * (1 + r), 1);
    };
    expect(await held({ S: gone })).toBeCloseTo(1.01, 15);
    expect(await held({ S: CLOSE, U: gone })).toBeCloseTo((1.03 + 1.01) / 2, 15);
    const later = CLOSE.map((price, row) => (row < 4 ? NaN : price));
    expect(await held({ S: CLOSE, U: later })).toBeCloseTo(1.03, 15);
    expect(await held({ S: CLOSE, U: CLOSE.map(() => NaN) })).toBeCloseTo(1.03, 15);
    const both = 1 - COST + 0.03 - COST * 1.03;
    expect(await held({ S: CLOSE }, { ...costly, funding: false })).toBeCloseTo(both, 15);
    const bought = 1 - COST + 0.01;
    expect(await held({ S: gone }, { ...costly, funding: false })).toBeCloseTo(bought, 15);
  });
});

describe('nothing to do', () => {
  it('flat prices earn nothing and still cost', async () => {
    const { days } = await daysOf({
      bars: barsOf({ S: CLOSE.map(() => 100) }),
      funding: undefined,
    });
    expect(days.map((d) => d.gross)).toEqual([0, 0]);
    expect(Number(days[0]?.net)).toBeCloseTo(-0.5 * COST, 15);
  });

  it('no weights are cash: every day is there, and 0', async () => {
    const { days, trades } = await daysOf({ weights: ins.weights.slice(0, 0) });
    expect(days.map(({ net, exposure }) => [net, exposure])).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(trades.length).toBe(0);
  });

  it('an event too late to be entered, or at a gap, is no trade', async () => {
    const late = await daysOf({ decisions: decisionsAt([[9, 'S', 1]]) });
    expect(late.trades.length).toBe(0);
    const gap = CLOSE.map((price, row) => (row === 2 ? NaN : price));
    const { trades } = await daysOf({
      bars: barsOf({ S: gap }),
      decisions: decisionsAt([[1, 'S', 1]]),
    });
    expect(trades.length).toBe(0);
  });
});
