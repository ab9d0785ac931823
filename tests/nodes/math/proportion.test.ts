import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clopperPearson } from '../../../nodes/math/proportion.js';
import { expectClose } from './golden.js';
import { refused } from './refused.js';

describe('exact intervals, as scipy 1.17.1 binomtest(…).proportion_ci(level, "exact") has them', () => {
  it.each([
    [0, 20, 0.95, 0, 0.16843347098308548],
    [1, 20, 0.95, 0.0012650894979560339, 0.24873276277202772],
    [10, 200, 0.95, 0.024234165472108292, 0.09002753770155869],
    [200, 200, 0.95, 0.9817246596448512, 1],
    [7, 200, 0.9, 0.016539635017895078, 0.06473252213684863],
    [19, 20, 0.99, 0.6828582652429046, 0.9997494043131783],
  ])('%d of %d at %d', (hits, trials, level, low, high) => {
    const found = clopperPearson(hits, trials, level);
    expectClose([found.low, found.high], [low, high], { rel: 1e-11 });
    expect(found.share).toBe(hits / trials);
  });
});

it('nothing tried says nothing', () => {
  expect(clopperPearson(0, 0)).toEqual({ share: Number.NaN, low: 0, high: 1 });
});

it.each([
  [3, 2, 0.95, 'hits'],
  [0.5, 2, 0.95, 'hits'],
  [1, 2, 1, 'level'],
])('refuses %d of %d at %d', (hits, trials, level, name) => {
  expect(refused(() => clopperPearson(hits, trials, level))).toMatchObject({
    code: 'math/out-of-range',
    facts: { name },
  });
});

it('contains the share, is wider the surer it must be, and mirrored for misses', () => {
  const trials = fc.integer({ min: 1, max: 500 });
  const pair = trials.chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
  fc.assert(
    fc.property(pair, ([hits, n]) => {
      const usual = clopperPearson(hits, n);
      const sure = clopperPearson(hits, n, 0.99);
      expect(usual.low).toBeLessThanOrEqual(usual.share);
      expect(usual.high).toBeGreaterThanOrEqual(usual.share);
      expect(sure.low).toBeLessThanOrEqual(usual.low);
      expect(sure.high).toBeGreaterThanOrEqual(usual.high);
      const misses = clopperPearson(n - hits, n);
      expectClose(1 - misses.high, usual.low, { abs: 1e-12 });
    }),
  );
});
