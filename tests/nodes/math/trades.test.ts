import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tradeReturn, tradesOf } from '../../../nodes/math/trades.js';
import { refused } from './refused.js';

const P = [100, 101, 102, 103, 104, 105, 106, 107, 108, 109];
const rule = { lag: 1, hold: 3 };

describe('tradesOf', () => {
  const table = [
    {
      name: 'enters a row later and leaves after the hold',
      rows: [1],
      sides: [1],
      prices: P,
      trades: [{ entry: 2, exit: 5, side: 1 }],
    },
    {
      name: 'a signal during a position is busy',
      rows: [1, 3],
      sides: [1, -1],
      prices: P,
      trades: [{ entry: 2, exit: 5, side: 1 }],
      busy: 1,
    },
    {
      name: 'a signal on the row of the exit is taken',
      rows: [1, 5],
      sides: [1, -1],
      prices: P,
      trades: [
        { entry: 2, exit: 5, side: 1 },
        { entry: 6, exit: 9, side: -1 },
      ],
    },
    {
      name: 'a side of 0 is no signal',
      rows: [1, 2],
      sides: [0, 1],
      prices: P,
      trades: [{ entry: 3, exit: 6, side: 1 }],
    },
    {
      name: 'no price at the entry: no trade, and the next signal is free',
      rows: [1, 2],
      sides: [1, 1],
      prices: P.with(2, NaN),
      trades: [{ entry: 3, exit: 6, side: 1 }],
      priceless: 1,
    },
    {
      name: 'no price at the exit: it waits for the next',
      rows: [1],
      sides: [1],
      prices: P.with(5, NaN).with(6, NaN),
      trades: [{ entry: 2, exit: 7, side: 1 }],
    },
    {
      name: 'still open at the end: it leaves there',
      rows: [4],
      sides: [1],
      prices: P,
      end: 6,
      trades: [{ entry: 5, exit: 6, side: 1 }],
    },
    {
      name: 'no price at the end: it stays open',
      rows: [6],
      sides: [1],
      prices: P.with(9, NaN),
      trades: [{ entry: 7, exit: 10, side: 1 }],
    },
    {
      name: 'no price at the end, but one later: it waits for that',
      rows: [4],
      sides: [1],
      prices: P.with(6, NaN),
      end: 6,
      trades: [{ entry: 5, exit: 7, side: 1 }],
    },
    {
      name: 'the rows stop before the end: it stays open, even one that was just entered',
      rows: [8],
      sides: [1],
      prices: P,
      end: 99,
      trades: [{ entry: 9, exit: 10, side: 1 }],
    },
    {
      name: 'an entry beyond the rows',
      rows: [9],
      sides: [1],
      prices: P,
      end: 99,
      trades: [],
      late: 1,
    },
    { name: 'too close to the end', rows: [8], sides: [1], prices: P, trades: [], late: 1 },
    {
      name: 'no prices at all',
      rows: [1],
      sides: [1],
      prices: P.map(() => NaN),
      trades: [],
      priceless: 1,
    },
  ];
  for (const { name, rows, sides, prices, trades, end = 9, ...missed } of table) {
    it(name, () => {
      expect(tradesOf(rows, sides, prices, rule, end)).toEqual({
        trades,
        busy: 0,
        priceless: 0,
        late: 0,
        ...missed,
      });
    });
  }

  it('never overlaps, never enters on the signal row, ends on a price', () => {
    const signals = fc
      .uniqueArray(fc.nat(60), { maxLength: 30 })
      .map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(
        signals,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.boolean(), { minLength: 61, maxLength: 61 }),
        fc.integer({ min: 50, max: 70 }),
        (rows, lag, hold, gaps, end) => {
          const prices = gaps.map((gap, i) => (gap ? NaN : 100 + i));
          const { trades, busy, priceless, late } = tradesOf(
            rows,
            rows.map(() => 1),
            prices,
            { lag, hold },
            end,
          );
          expect(trades.length + busy + priceless + late).toBe(rows.length);
          trades.forEach(({ entry, exit }, i) => {
            expect(rows).toContain(entry - lag);
            expect(exit).toBeGreaterThan(entry);
            expect(entry - lag).toBeGreaterThanOrEqual(trades[i - 1]?.exit ?? 0);
            const held = exit === prices.length && i === trades.length - 1;
            expect(held || !Number.isNaN(prices[exit])).toBe(true);
            expect(entry).toBeLessThan(end);
            expect(Number.isNaN(prices[entry])).toBe(false);
          });
        },
      ),
      { numRuns: 60, seed: 11 },
    );
  });

  it('refuses an entry on the signal row and unsorted signals', () => {
    expect(refused(() => tradesOf([1], [1], P, { lag: 0, hold: 1 }, 9))).toMatchObject({
      code: 'math/out-of-range',
    });
    expect(refused(() => tradesOf([2, 1], [1, 1], P, rule, 9))).toMatchObject({
      code: 'math/out-of-range',
    });
  });

  it('a short earns what a long loses', () => {
    expect(tradeReturn({ entry: 0, exit: 5, side: 1 }, P)).toBeCloseTo(0.05, 12);
    expect(tradeReturn({ entry: 0, exit: 5, side: -1 }, P)).toBeCloseTo(-0.05, 12);
    expect(tradeReturn({ entry: 0, exit: 10, side: 1 }, P)).toBeNaN();
  });
});
