import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isFrame } from '../../../engine/frame/frame.js';
import { textColumn } from '../../../engine/frame/text.js';
import market from '../../../nodes/clean/market.js';
import { clock, frame } from '../../kit/frame.js';
import { nodeTable, runNode } from '../../kit/node.js';

const START = 1_704_067_200_000; // 2024-01-01
const FIVE = 300_000;
const HOUR = 3_600_000;
const PRICES = {
  open: 'quote / base',
  high: 'quote / base',
  low: 'quote / base',
  close: 'quote / base',
};
const UNITS = {
  ...PRICES,
  volume: 'base',
  quote_volume: 'quote',
  trade_count: 'trades',
  taker_base_volume: 'base',
};
const NONE = Number.NaN;

type Row = readonly [
  ts: number,
  o: number,
  h: number,
  l: number,
  c: number,
  v: number,
  taker: number,
];

function raw(...rows: readonly Row[]) {
  const column = (at: number) => rows.map((row) => row[at] ?? NONE);
  const numbers = {
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
  const flow = { quote_volume: column(5), trade_count: column(5), taker_base_volume: column(6) };
  return frame({ ts: column(0), ...numbers, ...flow }, UNITS);
}

/** Bars at the start of 2024; null is a bar that is missing for the reason given beside it. */
function bars(prices: readonly (number | null)[], faults: readonly (string | null)[]) {
  const value = (scale: number) => prices.map((p) => (p === null ? NONE : p * scale));
  const volume = prices.map((p) => (p === null ? NONE : 10));
  return frame(
    {
      ts: clock(prices.length),
      open: value(1),
      high: value(2),
      low: value(0.5),
      close: value(1),
      volume,
      quote_volume: volume,
      trade_count: volume,
      taker_base_volume: prices.map((p) => (p === null ? NONE : 4)),
      is_gap: prices.map((p) => p === null),
      fault: textColumn(faults),
    },
    UNITS,
  );
}

const good = (bar: number, price: number): Row => [
  START + bar * FIVE,
  price,
  price * 2,
  price / 2,
  price,
  10,
  4,
];
const noFunding = frame({ ts: [], rate: [], interval_hours: [] }, { interval_hours: 'hours' });

nodeTable(market, {
  gives: [
    {
      name: 'a bar that never came is a row of missing values',
      in: { raw: raw(good(0, 100), good(2, 101)) },
      out: {
        bars: bars([100, null, 101], [null, 'absent', null]),
        missing_share: 1 / 3,
        funding: noFunding,
      },
    },
    {
      name: 'the span decides the grid, warmup before it',
      in: { raw: raw(good(1, 100), good(999_999, 7)) },
      params: { span: { from: START + FIVE, to: START + 3 * FIVE }, warmup: '5m' },
      out: { bars: bars([null, 100, null], ['absent', null, 'absent']), missing_share: 2 / 3 },
    },
    {
      name: 'broken rows are quarantined with their reason',
      in: {
        raw: raw(
          [START, 100, 200, 50, 0, 10, 4],
          [START + FIVE, 100, 50, 200, 100, 10, 4],
          [START + 2 * FIVE, 100, 200, 50, 100, -1, 0],
          [START + 3 * FIVE, 100, 200, 50, 100, 10, 11],
          good(4, 100),
        ),
      },
      out: {
        bars: bars([null, null, null, null, 100], ['price', 'range', 'volume', 'taker', null]),
        missing_share: 0.8,
      },
    },
    {
      name: 'a doubled bar counts once, the first; a bar off the grid is dropped; both are counted',
      in: { raw: raw(good(0, 100), good(0, 300), [START + 1, 1, 2, 0.5, 1, 10, 4], good(1, 101)) },
      out: {
        bars: bars([100, 101], [null, null]),
        quality: {
          bars: 2,
          missing: 0,
          longest_gap: 0,
          off_grid: 1,
          duplicates: 1,
          faults: {},
          months: [{ month: '2024-01', bars: 2, missing: 0 }],
          funding_prints: 0,
          funding_dropped: 0,
        },
      },
    },
    {
      name: 'coverage is told by month and by reason',
      in: { raw: raw(good(0, 100), [START + FIVE, 100, 200, 50, 0, 10, 4]) },
      params: { span: { from: START - FIVE, to: START + 3 * FIVE } },
      out: {
        quality: {
          bars: 4,
          missing: 3,
          longest_gap: 2,
          off_grid: 0,
          duplicates: 0,
          faults: { absent: 2, price: 1 },
          months: [
            { month: '2023-12', bars: 1, missing: 1 },
            { month: '2024-01', bars: 3, missing: 2 },
          ],
          funding_prints: 0,
          funding_dropped: 0,
        },
      },
    },
    {
      name: 'funding: late stamps are rounded, doubles and absurd rates dropped, intervals told',
      in: {
        raw: raw(good(0, 100)),
        funding: frame({
          ts: [
            START + 17,
            START + 8 * HOUR,
            START + 8 * HOUR + 3,
            START + 12 * HOUR,
            START + 13 * HOUR,
            START + 99 * HOUR,
          ],
          rate: [1e-4, 2e-4, 3e-4, -1e-4, 0.5, 1e-4],
        }),
      },
      out: {
        funding: frame(
          {
            ts: [START, START + 8 * HOUR, START + 12 * HOUR, START + 99 * HOUR],
            rate: [1e-4, 2e-4, -1e-4, 1e-4],
            interval_hours: [NONE, 8, 4, NONE],
          },
          { interval_hours: 'hours' },
        ),
      },
    },
    {
      name: 'another spacing',
      in: { raw: raw(good(0, 100), good(12, 100)) },
      params: { spacing: '1h' },
      out: { missing_share: 0 },
    },
  ],
  refuses: [
    { name: 'no row', in: { raw: raw() }, code: 'clean/no-rows', data: {} },
    {
      name: 'a stray stamp would make an absurd grid',
      in: { raw: raw(good(0, 100), good(30_000_000, 100)) },
      code: 'clean/too-many-bars',
      data: { bars: 30_000_001, limit: 20_000_000 },
    },
  ],
});

describe('clean.market is blind to the future', () => {
  it('gives the same bars whatever comes after them', async () => {
    const rows = fc.array(
      fc.record({ bar: fc.nat(60), price: fc.double({ min: -1, max: 5, noNaN: true }) }),
      { minLength: 3 },
    );
    await fc.assert(
      fc.asyncProperty(rows, fc.nat(60), async (drawn, cut) => {
        const sorted = [{ bar: 0, price: 1 }, ...drawn].sort((a, b) => a.bar - b.bar);
        const all = await runNode(market, { raw: raw(...sorted.map((r) => good(r.bar, r.price))) });
        const early = sorted.filter((r) => r.bar <= cut);
        const some = await runNode(market, { raw: raw(...early.map((r) => good(r.bar, r.price))) });
        const [a, b] = [all.outs.bars, some.outs.bars];
        if (!isFrame(a) || !isFrame(b)) throw new Error('no bars');
        for (const name of ['close', 'volume']) {
          expect(a.slice(0, b.length).column(name)).toEqual(b.column(name));
        }
        expect(a.slice(0, b.length).texts('fault')).toEqual(b.texts('fault'));
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});
