import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  dayError,
  daySamples,
  quantileCounted,
  ranked,
  shortfall,
} from '../../../nodes/math/day-draws.js';
import { deviation, mean } from '../../../nodes/math/sum.js';
import { refused } from './refused.js';

/** A stream that is the same every time. */
function stream(): () => number {
  let state = 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

const FIRST = 100;
const DAYS = 6;
const sample = fc.record({
  rows: fc
    .array(
      fc.record({
        x: fc.integer({ min: -9, max: 9 }),
        day: fc.integer({ min: FIRST, max: FIRST + DAYS - 1 }),
      }),
      { maxLength: 40 },
    )
    .map((rows) => rows.sort((a, b) => a.day - b.day)),
  counts: fc
    .array(fc.integer({ min: 0, max: 3 }), { minLength: DAYS, maxLength: DAYS })
    .map((counts) => Uint16Array.from(counts)),
  share: fc.constantFrom(0, 0.05, 0.25, 0.5, 0.9, 1),
});
type Sample = typeof sample extends fc.Arbitrary<infer T> ? T : never;

const rankedOf = ({ rows }: Sample) =>
  ranked(
    rows.map((r) => r.x),
    rows.map((r) => r.day),
    FIRST,
  );
/** Every value as often as its day counts, from the least to the largest: the obvious way. */
const written = ({ rows, counts }: Sample) =>
  rows
    .flatMap(({ x, day }) => Array.from({ length: counts[day - FIRST] ?? 0 }, () => x))
    .sort((a, b) => a - b);

describe('samples of whole days', () => {
  it('draw as many days as there are, the same from the same stream', () => {
    const { counts, seen } = daySamples(FIRST, 50, 20, stream());
    expect(counts).toEqual(daySamples(FIRST, 50, 20, stream()).counts);
    for (const one of counts) expect(one.reduce((sum, c) => sum + c, 0)).toBe(50);
    expect(Array.from(seen)).toEqual(Array.from({ length: 50 }, () => 1));
    expect(new Set(counts.map((one) => one.join())).size).toBe(20);
  });

  it('give the mean of independent days its usual error', () => {
    const uniform = stream();
    const values = Float64Array.from({ length: 400 }, () => uniform() - 0.5);
    const average = (counts: Uint16Array) =>
      values.reduce((sum, x, i) => sum + x * (counts[i] ?? 0), 0) / values.length;
    const error = dayError(daySamples(FIRST, 400, 2000, uniform), average);
    expect(error / (deviation(values) / 20)).toBeCloseTo(1, 1);
  });

  it('are refused in ones', () => {
    expect(refused(() => daySamples(FIRST, 5, 1, stream()))).toMatchObject({
      code: 'math/out-of-range',
    });
  });
});

describe('statistics of values counted by day', () => {
  it('a quantile is the value that stands there when all are written down', () => {
    fc.assert(
      fc.property(sample, (given) => {
        const all = written(given);
        const place = Math.max(0, Math.ceil(given.share * all.length) - 1);
        const got = quantileCounted(rankedOf(given), given.counts, given.share);
        if (all.length === 0) expect(got).toBeNaN();
        else expect(got).toBe(all[place]);
      }),
    );
  });

  it('a shortfall is the mean of the worst when each is written down twenty times', () => {
    fc.assert(
      fc.property(sample, (given) => {
        const all = written(given).flatMap((x) => Array.from({ length: 20 }, () => x));
        const worst = all.slice(0, Math.round(given.share * all.length));
        const got = shortfall(rankedOf(given), given.counts, given.share);
        if (worst.length === 0) expect(got).toBeNaN();
        else expect(got).toBeCloseTo(mean(worst), 12);
      }),
    );
  });
});
