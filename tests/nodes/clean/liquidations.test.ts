import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sumLiquidations } from '../../../nodes/clean/flow/liquidations.js';
import { frame } from '../../kit/frame.js';

const START = 1_704_067_200_000; // 2024-01-01
const FIVE = 300_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Tick = readonly [ms: number, sell: boolean | null, value: number, price?: number];

function ticks(...rows: readonly Tick[]) {
  return frame({
    ts: rows.map(([ms]) => START + ms),
    sell: {
      dtype: 'bool',
      values: Uint8Array.from(rows, ([, sell]) => (sell === null ? 255 : Number(sell))),
    },
    price: rows.map(([, , value, price]) => price ?? (Number.isNaN(value) ? NaN : 10)),
    base: rows.map(([, , value]) => value / 10),
    value: rows.map(([, , value]) => value),
  });
}

function summed(bars: number, quiet: number, ...rows: readonly Tick[]) {
  return sumLiquidations(ticks(...rows), { from: START, bars, spacing: FIVE }, quiet);
}

describe('liquidations by bar', () => {
  it('are summed by side: a sell closes a long', () => {
    const { frame: bars } = summed(
      2,
      HOUR,
      [0, true, 100],
      [1, false, 30],
      [FIVE, true, 5],
      [FIVE + 1, true, 6],
    );
    expect([...bars.column('long_usd')]).toEqual([100, 11]);
    expect([...bars.column('short_usd')]).toEqual([30, 0]);
    expect([...bars.column('notional')]).toEqual([130, 11]);
    expect([...bars.column('count')]).toEqual([2, 2]);
  });

  const dropped: readonly [string, readonly Tick[], object][] = [
    ['no side', [[0, null, 5]], { no_side: 1 }],
    ['no value', [[0, true, NaN, 7]], { no_value: 1 }],
    ['nothing filled', [[0, true, 0]], { no_value: 1 }],
    [
      'said twice',
      [
        [0, true, 5],
        [0, false, 5],
        [0, true, 5],
        [0, true, 6],
      ],
      { duplicate: 1 },
    ],
    [
      'the same a millisecond later is another order',
      [
        [0, true, 5],
        [1, true, 5],
      ],
      {},
    ],
    ['only a time: the source was there', [[0, null, NaN]], {}],
  ];
  it.each(dropped)('are left out and counted: %s', (_name, rows, wanted) => {
    expect(summed(1, HOUR, ...rows).dropped).toEqual(wanted);
  });

  const covered: readonly [string, number, number, readonly Tick[], readonly number[]][] = [
    ['from the first order of a day on', 4, 0, [[FIVE, true, 1]], [NaN, 1, 0, 0]],
    ['from the first word of a day on', 3, 0, [[0, null, NaN]], [0, 0, 0]],
    [
      'shortly after midnight because of what was told before it',
      4,
      2 * FIVE,
      [[-1, true, 1]],
      [0, NaN, NaN, NaN],
    ],
    ['never without a word', 2, HOUR, [], [NaN, NaN]],
    ['not after the last day', 4, 0, [[-DAY, true, 1]], [NaN, NaN, NaN, NaN]],
  ];
  it.each(covered)('cover bars %s', (_name, bars, quiet, rows, counts) => {
    expect([...summed(bars, quiet, ...rows).frame.column('count')]).toEqual(counts);
  });

  it('tell where the source begins and ends', () => {
    expect(summed(5, 0, [FIVE, true, 1]).extent).toEqual({ first: 1, last: 4 });
    expect(summed(5, 0).extent).toBeUndefined();
  });

  it('equal a bar by bar search, and lose nothing', () => {
    const tick = fc.record({
      ms: fc.integer({ min: -DAY, max: 2 * DAY - 1 }),
      sell: fc.boolean(),
      value: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(tick, { maxLength: 60 }), (drawn) => {
        const rows = drawn.map(({ ms, sell, value }): Tick => [ms, sell, value]);
        rows.sort((a, b) => a[0] - b[0]);
        const unique = [...new Map(rows.map((row) => [row.join(), row])).values()];
        const { frame: bars } = summed(576, HOUR, ...rows);
        const wanted = Array.from({ length: 576 }, (_, bar) => {
          const [open, close] = [bar * FIVE, (bar + 1) * FIVE];
          const inside = unique.filter(([ms]) => ms >= open && ms < close);
          const midnight = Math.floor(open / DAY) * DAY;
          const told = rows.some(([ms]) => ms < close && (ms >= midnight || close - ms <= HOUR));
          const sum = inside.reduce((total, [, , value]) => total + value, 0);
          return told ? [sum, inside.length] : [NaN, NaN];
        });
        const [notional, count] = [bars.column('notional'), bars.column('count')];
        expect(wanted.map((_, bar) => [notional[bar], count[bar]])).toEqual(wanted);
      }),
      { numRuns: 40, seed: 6 },
    );
  });
});
