import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mad, trailingMad } from '../../../nodes/math/mad.js';
import { missing, present } from '../../../nodes/math/missing.js';
import { adjustedExcessKurtosis, adjustedSkew, moments } from '../../../nodes/math/moments.js';
import { compounded, power, wholePower } from '../../../nodes/math/power.js';
import { median, quantile } from '../../../nodes/math/quantile.js';
import { ascending, ranks } from '../../../nodes/math/rank.js';
import { deviation, mean, sum, variance } from '../../../nodes/math/sum.js';
import { tailLoss } from '../../../nodes/math/tail-loss.js';
import { expectClose } from './golden.js';
import { refused } from './refused.js';

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const withGaps = fc.array(fc.oneof({ weight: 5, arbitrary: number }, fc.constant(NaN)), {
  maxLength: 40,
});
/** Few distinct values, so that ties are common. */
const tied = fc.array(
  fc.oneof({ weight: 6, arbitrary: fc.integer({ min: -3, max: 3 }) }, fc.constant(NaN)),
  { maxLength: 60 },
);
const kept = (x: readonly number[]) => x.filter((v) => !Number.isNaN(v));

describe('sums', () => {
  it('carry what addition loses', () => {
    expect(sum([1e16, 1, -1e16])).toBe(1);
    expect(sum([1, 1e100, 1, -1e100])).toBe(2);
    expect(sum(new Float64Array(1000).fill(0.1))).toBe(100);
  });
  it('skip what is missing', () => {
    expect([sum([1, NaN, 2]), mean([1, NaN, 2]), mean([NaN]), sum([])]).toEqual([3, 1.5, NaN, 0]);
  });
  it.each([
    ['two values', [1, 3], 1, 2],
    ['population', [1, 3], 0, 1],
    ['one value', [1], 1, NaN],
    ['a gap', [1, NaN, 3], 1, 2],
    ['far from zero', [1e9 + 1, 1e9 + 2, 1e9 + 3], 1, 1],
    ['flat where the mean rounds', [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1], 1, 0],
  ])('variance of %s', (_, values, ddof, want) => expect(variance(values, ddof)).toBe(want));
  it('the deviation is its root', () => expect(deviation([1, 3])).toBe(Math.SQRT2));
});

describe('moments', () => {
  // The series of the methods reference, section 12.
  const r = [0.02, -0.01, 0.03, -0.04, 0.015, 0, -0.02, 0.05, -0.03, 0.01, 0.025, -0.015];
  it('population and adjusted', () => {
    const { n, skew, kurtosis } = moments(r);
    expectClose([n, skew, kurtosis], [12, 0.0368905801, 2.0855525946], { abs: 5e-11 });
    expectClose([adjustedSkew(r), adjustedExcessKurtosis(r)], [0.0423840496, -0.7196219886], {
      abs: 5e-11,
    });
  });
  it('a flat series has no shape', () => {
    expect(moments([2, 2])).toEqual({ n: 2, mean: 2, deviation: 0, skew: NaN, kurtosis: NaN });
    expect(moments([])).toEqual({ n: 0, mean: NaN, deviation: NaN, skew: NaN, kurtosis: NaN });
  });
  it('kurtosis is at least 1 + skew²', () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 3, maxLength: 20 }), (x) => {
        const { skew, kurtosis } = moments(x);
        fc.pre(!Number.isNaN(skew));
        expect(kurtosis).toBeGreaterThanOrEqual((1 + skew * skew) * (1 - 1e-9));
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});

describe('quantiles', () => {
  it.each([
    [[1, 2, 3, 4], 0.5, 2.5],
    [[4, 1, 3, 2], 0.25, 1.75],
    [[7], 0.9, 7],
    [[1, NaN, 3], 0.5, 2],
    [[3, 1], 0, 1],
    [[3, 1], 1, 3],
    [[NaN], 0.5, NaN],
  ])('of %p at %p', (values, q, want) => expect(quantile(values, q)).toBe(want));
  it('VaR and what lies beyond', () => {
    expect(tailLoss([-3, -2, -1, 0, 1], 0.25)).toEqual({ quantile: -2, beyond: -2.5 });
    expect(tailLoss([])).toEqual({ quantile: NaN, beyond: NaN });
  });
  it('refuses a share above 1', () => {
    expect(refused(() => quantile([1], 1.5))).toEqual({
      code: 'math/out-of-range',
      facts: { name: 'q', found: '1.5', must: 'from 0 to 1' },
    });
  });
});

describe('ranks', () => {
  it('are how many are smaller, plus half of the equals', () => {
    fc.assert(
      fc.property(tied, (x) => {
        const slow = x.map((v) =>
          Number.isNaN(v)
            ? NaN
            : x.filter((y) => y < v).length + (x.filter((y) => y === v).length + 1) / 2,
        );
        expectClose(ranks(x), slow, {});
      }),
      { seed: 1, numRuns: 100 },
    );
  });
  it('order keeps equals in place and leaves gaps out', () => {
    expect(Array.from(ascending([2, NaN, 1, 2, 1]))).toEqual([2, 4, 0, 3]);
  });
});

describe('missing', () => {
  it('counts and drops', () => {
    fc.assert(
      fc.property(withGaps, (x) => {
        expect(Array.from(present(x))).toEqual(kept(x));
        expect(missing(x)).toBe(x.length - kept(x).length);
      }),
      { seed: 1, numRuns: 50 },
    );
  });
});

describe('median absolute deviation', () => {
  it('ignores the far value', () =>
    expect(mad([1, 2, 3, 4, 1000])).toEqual({ center: 3, scale: 1.4826 }));

  /** By the definition: sort every window anew. */
  const slow = (x: readonly number[], window: number, least: number) =>
    x.map((_, t) => {
      const past = kept(x.slice(Math.max(0, t - window), t));
      return t < window || past.length < least ? { center: NaN, scale: NaN } : mad(past);
    });

  it('trailing agrees with sorting every window', () => {
    const windows = fc.integer({ min: 2, max: 12 });
    fc.assert(
      fc.property(
        fc.oneof(tied, withGaps),
        windows,
        fc.integer({ min: 1, max: 6 }),
        (x, window, least) => {
          const { center, scale } = trailingMad(x, window, least);
          const want = slow(x, window, least);
          expectClose(
            center,
            want.map((w) => w.center),
            { rel: 1e-15 },
          );
          expectClose(
            scale,
            want.map((w) => w.scale),
            { rel: 1e-15 },
          );
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });
  it('ends one row back: a row has no part in its own window', () => {
    const x = [1, 2, 3, 1, 2, 3, 100, 2];
    expect(trailingMad(x, 6).center[6]).toBe(2);
    expect(trailingMad(x.with(6, -5), 6).center[6]).toBe(2);
  });
  it('wants half of the window, unless told', () => {
    expect(Array.from(trailingMad([1, NaN, NaN, NaN, 5], 4).center)).toEqual([
      NaN,
      NaN,
      NaN,
      NaN,
      NaN,
    ]);
    expect(trailingMad([1, NaN, NaN, NaN, 5], 4, 1).center[4]).toBe(1);
  });
  it('refuses a window of 1', () => {
    expect(refused(() => trailingMad([1], 1))).toEqual({
      code: 'math/out-of-range',
      facts: { name: 'window', found: '1', must: 'a whole number, 2 or more' },
    });
  });
});

describe('powers', () => {
  it.each([
    [2, 10, 1024],
    [2, -2, 0.25],
    [0, 0, 1],
    [-3, 3, -27],
    [1.5, 0, 1],
    [10, 300, 1e300],
  ])('%p to the %p', (x, n, want) => expectClose(wholePower(x, n), want, { rel: 1e-14 }));
  it.each([
    ['a half is the square root', 2, 0.5, Math.SQRT2],
    ['a third', 27, 1 / 3, 3],
    ['a negative base and a whole exponent', -2, 3, -8],
    ['a negative base and a broken exponent', -2, 0.3, NaN],
    ['zero', 0, 0.3, 0],
    ['zero, below', 0, -0.3, Infinity],
    ['a gap', NaN, 0, NaN],
    ['a huge whole exponent', 1.0000001, 1e7, Math.exp(1e7 * Math.log1p(1e-7))],
    ['a huge whole exponent, negative base', -1, 2000, 1],
    ['a huge odd exponent, negative base', -1, 2001, -1],
  ])('%s', (_, x, y, want) => expectClose(power(x, y), want, { rel: 1e-8 }));
  it('multiplies out', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        fc.integer({ min: -30, max: 30 }),
        fc.integer({ min: -30, max: 30 }),
        (x, a, b) => {
          expectClose(wholePower(x, a) * wholePower(x, b), wholePower(x, a + b), { rel: 1e-13 });
        },
      ),
      { seed: 1, numRuns: 100 },
    );
  });
  it('compounds small returns without losing them', () => {
    expectClose(compounded(1e-12, 365), 365e-12, { rel: 1e-9 });
    expectClose(compounded(0.1, 2), 0.21, { rel: 1e-15 });
  });
  it('refuses half an exponent where it must be whole', () => {
    expect(refused(() => wholePower(2, 0.5)).facts).toEqual({
      name: 'the exponent',
      found: '0.5',
      must: 'a whole number',
    });
  });
});

it('the median of medians is between the extremes', () => {
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 30 }), (x) => {
      expect(median(x)).toBeGreaterThanOrEqual(Math.min(...x));
      expect(median(x)).toBeLessThanOrEqual(Math.max(...x));
    }),
    { seed: 1, numRuns: 50 },
  );
});
