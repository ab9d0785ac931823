import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clusterMean } from '../../../nodes/math/cluster.js';
import { dayDifference, dayMean } from '../../../nodes/math/day-mean.js';
import { mean } from '../../../nodes/math/sum.js';
import { type Decisions, traded } from '../../../nodes/math/traded.js';
import { refused } from './refused.js';

const BARS = 60;
const SYMBOLS = 3;
/** Rows of a small market: decisions sorted by row, outcomes with holes. */
const market = fc.record({
  rows: fc
    .array(
      fc.record({
        row: fc.integer({ min: 0, max: BARS - 1 }),
        symbol: fc.integer({ min: 0, max: SYMBOLS - 1 }),
        side: fc.constantFrom(-1, 0, 1),
        kept: fc.boolean(),
        before: fc.integer({ min: 0, max: 3 }),
      }),
      { maxLength: 80 },
    )
    .map((rows) => rows.sort((a, b) => a.row - b.row || a.symbol - b.symbol)),
  outcomes: fc.array(fc.option(fc.integer({ min: -9, max: 9 }), { nil: Number.NaN, freq: 4 }), {
    minLength: BARS * SYMBOLS,
    maxLength: BARS * SYMBOLS,
  }),
  flags: fc.array(fc.constantFrom(0, 1, 255), {
    minLength: BARS * SYMBOLS,
    maxLength: BARS * SYMBOLS,
  }),
  reach: fc.integer({ min: 1, max: 9 }),
  symbol: fc.option(fc.integer({ min: 0, max: SYMBOLS - 1 }), { nil: undefined }),
  conditioned: fc.boolean(),
  keptOnly: fc.boolean(),
});
type Market = typeof market extends fc.Arbitrary<infer T> ? T : never;

const cut = (all: readonly number[], symbol: number) =>
  all.slice(symbol * BARS, (symbol + 1) * BARS);

function decisionsOf({ rows }: Market): Decisions {
  return {
    rows: Int32Array.from(rows, (r) => r.row),
    symbols: Int32Array.from(rows, (r) => r.symbol),
    sides: Int8Array.from(rows, (r) => r.side),
    days: Int32Array.from(rows, (r) => r.row >> 3),
    kept: Uint8Array.from(rows, (r) => Number(r.kept)),
  };
}

/** Symbol by symbol, one list after the other, put together and sorted: the obvious way. */
function slow(given: Market): readonly (readonly [which: number, gross: number])[] {
  const found: [number, number][] = [];
  for (let symbol = 0; symbol < SYMBOLS; symbol++) {
    if (given.symbol !== undefined && given.symbol !== symbol) continue;
    let open = -1;
    given.rows.forEach((r, which) => {
      const outcome = r.side * (cut(given.outcomes, symbol)[r.row] ?? NaN);
      const signal = r.row - r.before;
      const on = !given.conditioned || cut(given.flags, symbol)[signal] === 1;
      const taken = !given.keptOnly || r.kept;
      if (r.symbol !== symbol || !on || !taken || r.side === 0) return;
      if (Number.isNaN(outcome) || r.row < open) return;
      found.push([which, outcome]);
      open = r.row + given.reach;
    });
  }
  return found.sort(([a], [b]) => a - b);
}

describe('traded', () => {
  it('agrees with a walk over one symbol after the other', () => {
    fc.assert(
      fc.property(market, (given) => {
        const decisions = decisionsOf(given);
        const among =
          given.symbol === undefined
            ? undefined
            : Int32Array.from(given.rows.flatMap((r, i) => (r.symbol === given.symbol ? [i] : [])));
        const holds = given.conditioned
          ? Uint8Array.from(given.rows, (r) => cut(given.flags, r.symbol)[r.row - r.before] ?? 0)
          : undefined;
        const choice = { among, holds, keptOnly: given.keptOnly };
        const outcomes = given.rows.map((r) => cut(given.outcomes, r.symbol)[r.row] ?? NaN);
        const got = traded(decisions, choice, outcomes, given.reach);
        const want = slow(given);
        expect(Array.from(got.which)).toEqual(want.map(([which]) => which));
        expect(Array.from(got.gross)).toEqual(want.map(([, gross]) => gross));
        expect(Array.from(got.days)).toEqual(
          want.map(([which]) => (given.rows[which]?.row ?? 0) >> 3),
        );
      }),
    );
  });
});

const sample = fc
  .array(
    fc.record({
      x: fc.double({ min: -1, max: 1, noNaN: true }),
      day: fc.integer({ min: 0, max: 9 }),
      kept: fc.boolean(),
    }),
    { minLength: 4, maxLength: 60 },
  )
  .map((rows) => rows.sort((a, b) => a.day - b.day))
  .filter((rows) => new Set(rows.map((r) => r.day)).size > 1);

describe('errors clustered by day', () => {
  it('are those of any order, in one pass', () => {
    fc.assert(
      fc.property(sample, (rows) => {
        const [x, days] = [rows.map((r) => r.x), rows.map((r) => r.day)];
        const [got, want] = [dayMean(x, days), clusterMean(x, days, { smallSample: true })];
        expect(got).toMatchObject({ mean: want.mean, days: want.clusters });
        if (got.se > 0) expect(got).toMatchObject({ se: want.se, t: want.t });
        else expect(want.se).toBeLessThan(1e-15);
        const equal = dayMean(x, days, new Float64Array(x.length).fill(0.5));
        expect(equal.se).toBeCloseTo(want.se, 12);
      }),
    );
  });

  it('a difference is a regression on what was kept: the sandwich, written out', () => {
    fc.assert(
      fc.property(sample, (rows) => {
        const inside = rows.filter((r) => r.kept);
        const outside = rows.filter((r) => !r.kept);
        if (inside.length === 0 || outside.length === 0) return;
        const [high, low] = [mean(inside.map((r) => r.x)), mean(outside.map((r) => r.x))];
        let squares = 0;
        const days = [...new Set(rows.map((r) => r.day))];
        for (const day of days) {
          const part = (list: typeof rows, center: number) =>
            list.filter((r) => r.day === day).reduce((s, r) => s + (r.x - center), 0) / list.length;
          squares += (part(inside, high) - part(outside, low)) ** 2;
        }
        const got = dayDifference(
          rows.map((r) => r.x),
          rows.map((r) => r.day),
          rows.map((r) => Number(r.kept)),
        );
        expect(got.mean).toBeCloseTo(high - low, 12);
        expect(got.se).toBeCloseTo(Math.sqrt((squares * days.length) / (days.length - 1)), 12);
      }),
    );
  });

  it('count what a day has in common with those it reaches into, and only where that adds', () => {
    const days = [1, 1, 2, 4, 5];
    // Distances from the mean of 0: sums of days are 3, 3, −4 and −2.
    const x = [1, 2, 3, -4, -2];
    const error = (squares: number) => Math.sqrt((squares * (4 / 3)) / 25);
    expect(dayMean(x, days).se).toBeCloseTo(error(38), 12);
    expect(dayMean(x, days, undefined, 1).se).toBeCloseTo(error(38 + 2 * (9 + 8)), 12);
    expect(dayMean(x, days, undefined, 2).se).toBeCloseTo(error(38 + 2 * (9 + 8 - 12)), 12);
    // Days 1 and 4, 2 and 5 are three apart: −12 and −6 more, which is below 0.
    expect(dayMean(x, days, undefined, 3).se).toBeCloseTo(error(38), 12);
  });

  it('of days that do not differ is nothing, not what rounding left of it', () => {
    const days = (n: number, each: number) =>
      Array.from({ length: n }, (_, i) => Math.floor(i / each));
    const thirds = new Float64Array(97).fill(1 / 3);
    expect(dayMean(thirds, days(97, 1.3))).toMatchObject({ se: 0, t: NaN, greater: NaN });
    const pairs = Float64Array.from({ length: 60 }, (_, i) => 0.01 + (i % 2 === 0 ? -0.02 : 0.02));
    expect(dayMean(pairs, days(60, 2))).toMatchObject({ se: 0, t: NaN, greater: NaN });
  });

  it('are refused with one day', () => {
    expect(refused(() => dayMean([1, 2], [3, 3]))).toMatchObject({ code: 'math/too-few-rows' });
  });
});
