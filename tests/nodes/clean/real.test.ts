import { beforeAll, expect, it } from '@jest/globals';
import { inPlainNode } from '../../kit/plain.js';
import { describeReal } from '../../kit/real.js';

/*
 * Figures were made with pandas 2 and NumPy from the same files: `merge_asof` of valid quotes (tolerance 5 s) on a grid of seconds,
 * then means by five minutes (`std` has ddof 1); medians over sliding windows; differences of stamps. Counts of gaps are those of
 * the READMEs of the sets, except that funding's are told there as if every interval were of eight hours (1500): the symbols that
 * have them pay every four.
 */

interface Book {
  readonly rows: readonly Readonly<Record<string, number | null>>[];
  readonly dropped: object;
}
interface Told {
  readonly perp: Book;
  readonly spot: Book;
  readonly interest: object;
  readonly funding: object;
  readonly [symbol: string]: object;
}

describeReal('real data, cleaned', () => {
  let told: Told;
  beforeAll(async () => {
    told = (await inPlainNode('cleaning-script', [])) as Told; // as the script prints it
  }, 60_000);

  const books: readonly ['perp' | 'spot', number, Readonly<Record<string, number | null>>][] = [
    // The capture begins in the middle of the bar: 43 seconds are not half of it.
    [
      'perp',
      0,
      { spread_bps: null, imbalance: 0.542729545374, mid_close: 61818.75, coverage: 43 / 300 },
    ],
    [
      'perp',
      1,
      {
        spread_bps: 0.0162044862103,
        spread_bps_max: 0.0162338321188,
        spread_bps_std: 1.42782205165e-5,
        bid_depth_usd: 219176.412834,
        ask_depth_usd: 283309.206486,
        imbalance: 0.464937155203,
        mid_close: 61659.75,
        coverage: 1,
      },
    ],
    ['perp', 2, { bid_depth_usd: null, imbalance: 0.579089891267, coverage: 6 / 300 }],
    [
      'spot',
      0,
      {
        spread_bps: 0.00595124309537,
        spread_bps_max: 0.418519521259,
        spread_bps_std: 0.0374173941528,
        bid_depth_usd: 128151.504359,
        ask_depth_usd: 143649.747628,
        imbalance: 0.478308791375,
        mid_close: 61606.065,
        coverage: 299 / 300,
      },
    ],
  ];
  it.each(books)('top of book of %s, bar %i', (name, bar, wanted) => {
    const row = told[name].rows[bar];
    const found = Object.keys(wanted).map((column) => [column, rounded(row?.[column])]);
    const expected = Object.entries(wanted).map(([column, x]) => [column, rounded(x)]);
    expect(found).toEqual(expected);
    expect(told[name].dropped).toEqual({ invalid: 0 });
  });

  it('open interest: 4 h apart, four stamps are absent', () => {
    const missing = { HIVEUSDT: 1, IOTAUSDT: 2, SAFEUSDT: 1 };
    expect(told.interest).toEqual({ rows: 59_861, steps: [14_400_000], missing });
  });

  it('funding: nothing is dropped; three symbols lack prints, and a changed interval is no gap', () => {
    const missing = { ENAUSDT: 1000, RENDERUSDT: 1000, TONUSDT: 1000 };
    expect(told.funding).toEqual({ rows: 70_689, dropped: 0, missing });
  });

  it.each([
    ['SOLUSDT', { sigma: 155.874435442577, suspect: [], wick: [], moved: [], stale: [] }],
    [
      '1000PEPEUSDT',
      { sigma: 217.55228065207024, suspect: [], wick: [1_745_367_600_000], moved: [], stale: [] },
    ],
  ])('odd bars of %s in 2025', (symbol, { sigma, ...flags }) => {
    expect(told[symbol]).toMatchObject(flags);
    expect(told[symbol]).toHaveProperty('sigma', expect.closeTo(sigma, 9));
  });
});

/** Ten digits: the figures have twelve. */
function rounded(x: number | null | undefined): number | null | undefined {
  return typeof x === 'number' ? Number(x.toPrecision(10)) : x;
}
