import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isFrame } from '../../../engine/frame/frame.js';
import market from '../../../nodes/clean/market.js';
import { clock, frame } from '../../kit/frame.js';
import { nodeTable, runNode } from '../../kit/node.js';
import { bars, EVEN, FIVE, good, HOUR, NONE, raw, START, whole } from './rows.js';

nodeTable(market, {
  gives: [
    {
      name: 'rows of another time than the grid: everything is missing, and outside',
      in: { raw: raw(good(9, 100)) },
      params: { span: { from: START, to: START + FIVE } },
      out: { missing_share: 1 },
    },
    {
      name: 'a bar that never came is a row of missing values',
      in: { raw: raw(good(0, 100), good(2, 101)) },
      out: {
        bars: bars([100, null, 101], [null, 'absent', null]),
        missing_share: 1 / 3,
        funding: undefined,
      },
    },
    {
      name: 'the span decides the grid, warmup before it',
      in: { raw: raw(good(1, 100), good(999_999, 7)) },
      params: { span: { from: START + FIVE, to: START + 3 * FIVE }, warmup: '5m' },
      out: { bars: bars([null, 100, null], ['absent', null, 'absent']), missing_share: 0 },
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
      name: 'bars whose turnover is no price of theirs are quarantined',
      in: { raw: raw(good(0, 100), good(1, 101)).with('quote_volume', [10, 1010]) },
      out: { bars: bars([null, 101], ['volume', null]), missing_share: 0.5 },
    },
    {
      name: 'a doubled bar counts once, the first; a bar off the grid is dropped; both are counted',
      in: { raw: raw(good(0, 100), good(0, 300), [START + 1, 1, 2, 0.5, 1, 10, 4], good(1, 101)) },
      out: {
        bars: bars([100, 101], [null, null]),
        quality: {
          bars: { ...whole(2), dropped: { duplicate: 1, off_grid: 1 } },
          odd: EVEN,
        },
      },
    },
    {
      name: 'coverage is told by month and by reason; bars before and after the source are outside, not missing',
      in: { raw: raw(good(0, 100), [START + FIVE, 100, 200, 50, 0, 10, 4], good(3, 100)) },
      params: { span: { from: START - FIVE, to: START + 5 * FIVE } },
      out: {
        missing_share: 0.5,
        quality: {
          bars: {
            ...whole(2),
            last: START + 3 * FIVE,
            expected: 4,
            missing: 2,
            outside: 2,
            gap_count: 1,
            longest_gap_ms: 2 * FIVE,
            gaps: [{ from: START + FIVE, rows: 2, step: FIVE }],
            faults: { price: 1 },
            dropped: { duplicate: 0, off_grid: 0 },
            months: [{ month: '2024-01', expected: 4, missing: 2 }],
          },
          odd: EVEN,
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
      name: 'funding in basis points, because it is said',
      in: { raw: raw(good(0, 100)), funding: frame({ ts: [START], rate: [1.5] }) },
      params: { funding_scale: 'bps' },
      out: {
        funding: frame(
          { ts: [START], rate: [1.5 * 0.0001], interval_hours: [NONE] },
          { interval_hours: 'hours' },
        ),
      },
    },
    {
      name: 'funding of an unknown scale that only one fits',
      in: { raw: raw(good(0, 100)), funding: frame({ ts: [START], rate: [20] }) },
      params: { funding_scale: 'unknown' },
      out: {
        funding: frame(
          { ts: [START], rate: [20 * 0.0001], interval_hours: [NONE] },
          { interval_hours: 'hours' },
        ),
      },
    },
    {
      name: 'what no source gave is left out',
      in: { raw: raw(good(0, 100)) },
      out: Object.fromEntries(
        ['spot', 'basis', 'open_interest', 'liquidations', 'tob', 'mark', 'premium'].map((port) => [
          port,
          undefined,
        ]),
      ),
    },
    {
      name: 'a night without liquidations counts as told for as long as is said',
      in: {
        raw: raw(good(0, 100), good(3, 100)),
        liquidations: frame({
          ts: [START - 1],
          sell: [true],
          price: [1],
          base: [1],
          value: [1],
        }),
      },
      params: { quiet: '11m' },
      out: {
        liquidations: frame(
          {
            ts: clock(4),
            long_usd: [0, 0, NONE, NONE],
            short_usd: [0, 0, NONE, NONE],
            notional: [0, 0, NONE, NONE],
            count: [0, 0, NONE, NONE],
          },
          { long_usd: 'quote', short_usd: 'quote', notional: 'quote', count: 'count' },
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
  warns: [
    {
      name: 'intervals of funding that had not passed',
      in: {
        raw: raw(good(0, 100)),
        funding: frame({ ts: [START, START + HOUR], rate: [0, 0], interval_hours: [1, 8] }),
      },
      code: 'clean/other-interval',
      data: { count: 1 },
    },
    {
      name: 'days before the first and after the last bar',
      in: { raw: raw(good(288, 100), good(289, 100)) },
      params: { span: { from: '2024-01-01', to: '2024-01-03' } },
      code: 'clean/short',
      data: { days: 2, first: '2024-01-02T00:00:00.000Z', last: '2024-01-02T00:05:00.000Z' },
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
    {
      name: 'rates that nobody can have paid: they are not what is said',
      in: {
        raw: raw(good(0, 100)),
        funding: frame({ ts: clock(4), rate: [1, 2, -1, 0.01] }),
      },
      code: 'clean/wrong-scale',
      data: { prints: 3, scale: 'decimal' },
    },
    {
      name: 'rates of an unknown scale that several fit',
      in: { raw: raw(good(0, 100)), funding: frame({ ts: [START], rate: [0.01] }) },
      params: { funding_scale: 'unknown' },
      code: 'clean/unknown-scale',
      data: { largest: 0.01 },
    },
    {
      name: 'top of book twice',
      in: () => ({
        raw: raw(good(0, 100)),
        quotes: frame({ ts: [], bid_price: [], bid_base: [], ask_price: [], ask_base: [] }),
        tob: frame({ ts: [] }),
      }),
      code: 'clean/two-books',
      data: {},
    },
  ],
  elsewhere: { codes: ['clean/other-bars', 'clean/other-grid'] }, // other-bars.test.ts
});

it('says nothing of hours that are not there', async () => {
  const params = { span: { from: '2024-01-01', to: '2024-01-01' } };
  const { warnings } = await runNode(market, { raw: raw(good(100, 1), good(287, 1)) }, params);
  expect(warnings).toEqual([]);
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
