import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Frame } from '../../../engine/frame/frame.js';
import { givenBook } from '../../../nodes/clean/book/given.js';
import { bookOf } from '../../../nodes/clean/book/quotes.js';
import { clock, frame } from '../../kit/frame.js';

const START = 1_704_067_200_000; // 2024-01-01
const FIVE = 300_000;
const SECOND = 1_000;

type Quote = readonly [ts: number, bid: number, bidBase: number, ask: number, askBase: number];

function quotes(...rows: readonly Quote[]): Frame {
  const column = (at: number) => rows.map((row) => row[at] ?? NaN);
  return frame({
    ts: column(0),
    bid_price: column(1),
    bid_base: column(2),
    ask_price: column(3),
    ask_base: column(4),
  });
}

/** One bar's row of the book, of a grid of two bars. */
function bookAt(bar: number, ...rows: readonly Quote[]): Readonly<Record<string, unknown>> {
  const { frame: book, ...told } = bookOf(quotes(...rows), { from: START, bars: 2, spacing: FIVE });
  return { ...[...book.rows()][bar], told };
}

/** A quote every second of the bar from `from` on, `count` of them. */
function every(from: number, count: number, bid = 99, ask = 101): Quote[] {
  return Array.from({ length: count }, (_, i) => [START + (from + i) * SECOND, bid, 2, ask, 6]);
}

describe('top of book from quotes', () => {
  it('is the mean over seconds of what stands at each', () => {
    const { told: _told, ...row } = bookAt(0, ...every(0, 150), ...every(150, 150, 98, 102));
    expect(row).toEqual({
      ts: START,
      spread_bps: 300,
      spread_bps_max: 400,
      spread_bps_std: Math.sqrt((300 * 100 * 100) / 299),
      bid_depth_usd: (99 * 2 + 98 * 2) / 2,
      ask_depth_usd: (101 * 6 + 102 * 6) / 2,
      imbalance: 0.25,
      mid_close: 100,
      coverage: 1,
    });
  });

  const cases: readonly [string, readonly Quote[], object][] = [
    [
      'a quote stands for five seconds and no longer',
      [[START, 99, 1, 101, 1]],
      { coverage: 6 / 300 },
    ],
    [
      'a quote between seconds stands from the next on',
      [[START + 1, 99, 1, 101, 1]],
      { coverage: 5 / 300 },
    ],
    [
      'a quote from before the bar stands in it',
      [[START - 4_000, 99, 1, 101, 1]],
      { coverage: 2 / 300 },
    ],
    [
      'a quote of the last second is the next bar’s',
      [[START + 299_001, 99, 1, 101, 1]],
      { coverage: 0, mid_close: null },
    ],
    [
      'of several with one stamp the last row stands',
      [
        [START, 9, 1, 11, 1],
        [START, 99, 1, 103, 1],
      ],
      { mid_close: 101 },
    ],
    [
      'too few seconds say nothing of spread and depth',
      every(0, 140),
      {
        spread_bps: null,
        spread_bps_max: null,
        spread_bps_std: null,
        bid_depth_usd: null,
        ask_depth_usd: null,
        imbalance: 0.25,
        mid_close: 100,
        coverage: 145 / 300,
      },
    ],
    ['half of them are enough', every(0, 145), { spread_bps: 200, coverage: 0.5 }],
    [
      'nothing at the top of either side has no imbalance',
      [[START, 99, 0, 101, 0]],
      { imbalance: null },
    ],
  ];
  it.each(cases)('%s', (_name, rows, wanted) => expect(bookAt(0, ...rows)).toMatchObject(wanted));

  const broken: readonly [string, Quote][] = [
    ['no bid', [START + SECOND, 0, 1, 101, 1]],
    ['crossed', [START + SECOND, 101, 1, 100, 1]],
    ['negative quantity', [START + SECOND, 99, -1, 101, 1]],
    ['missing price', [START + SECOND, 99, 1, NaN, 1]],
    ['missing quantity', [START + SECOND, 99, NaN, 101, 1]],
  ];
  it.each(broken)('what is no quote is left out and counted: %s', (_name, quote) => {
    const { told, coverage, mid_close } = bookAt(0, [START, 90, 1, 110, 1], quote);
    expect({ told, coverage, mid_close }).toEqual({
      told: { dropped: { invalid: 1 }, faults: {}, extent: { first: 0, last: 0 } },
      coverage: 6 / 300,
      mid_close: 100,
    });
  });

  it('equals the definition on random quotes', () => {
    const price = fc.integer({ min: -1, max: 12 });
    const row = fc.tuple(fc.integer({ min: -20_000, max: 620_000 }), price, price, price, price);
    fc.assert(
      fc.property(fc.array(row, { maxLength: 120, size: 'max' }), (drawn) => {
        const rows = drawn
          .map(([ms, ...rest]): Quote => [START + ms, ...rest])
          .sort((a, b) => a[0] - b[0]);
        const grid = { from: START, bars: 2, spacing: FIVE };
        const book = bookOf(quotes(...rows), grid).frame;
        for (const bar of [0, 1]) {
          const found = {
            coverage: book.column('coverage')[bar],
            mid: book.column('mid_close')[bar],
            imbalance: book.column('imbalance')[bar],
            spread: book.column('spread_bps')[bar],
          };
          expect(found).toEqual(slow(rows, START + bar * FIVE));
        }
      }),
      { numRuns: 60, seed: 5 },
    );
  });
});

/** Second by second: look through all rows for the last valid one. */
function slow(rows: readonly Quote[], open: number) {
  const seen: Quote[] = [];
  for (let s = 0; s < 300; s++) {
    const time = open + s * SECOND;
    const valid = ([ts, bid, bb, ask, ab]: Quote) =>
      ts <= time && bid > 0 && ask >= bid && bb >= 0 && ab >= 0;
    const last = rows.filter(valid).at(-1);
    if (last && time - last[0] <= 5_000) seen.push(last);
  }
  const mean = (of: (q: Quote) => number, from = seen) =>
    from.length === 0 ? NaN : from.reduce((sum, q) => sum + of(q), 0) / from.length;
  const spread = mean(([, bid, , ask]) => (1e4 * (ask - bid)) / ((bid + ask) / 2));
  const sided = seen.filter(([, , bb, , ab]) => bb + ab > 0);
  return {
    coverage: seen.length / 300,
    mid: seen.length === 0 ? NaN : ((seen.at(-1)?.[1] ?? 0) + (seen.at(-1)?.[3] ?? 0)) / 2,
    imbalance: mean(([, , bb, , ab]) => bb / (bb + ab), sided),
    spread: seen.length < 150 ? NaN : spread,
  };
}

describe('top of book that comes by bar', () => {
  it('is put on the grid and held to the same coverage', () => {
    const same = (value: number) => [value, value, value];
    const raw = frame({
      ts: [START, START + 2 * FIVE, START + 3 * FIVE],
      spread_bps: same(2),
      spread_bps_max: same(3),
      spread_bps_std: same(1),
      bid_depth_usd: same(10),
      ask_depth_usd: same(20),
      imbalance: same(0.5),
      mid_close: same(100),
      coverage: [0.5, 0.49, NaN],
    });
    const { frame: book } = givenBook(raw, { from: START, bars: 4, spacing: FIVE });
    expect([...book.column('ts')]).toEqual(clock(4));
    expect([...book.column('spread_bps')]).toEqual([2, NaN, NaN, NaN]);
    expect([...book.column('ask_depth_usd')]).toEqual([20, NaN, NaN, NaN]);
    expect([...book.column('mid_close')]).toEqual([100, NaN, 100, 100]);
    expect([...book.column('coverage')]).toEqual([0.5, 0, 0.49, 0]);
  });
});
