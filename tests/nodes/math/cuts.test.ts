import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bucketOf, cutsOf } from '../../../nodes/math/cuts.js';
import { refused } from './refused.js';

const FIFTH = [0.8, 0.9, 0.95];
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('cuts of a sample', () => {
  it.each([
    ['quantiles between order statistics', upTo(101), [80, 90, 95]],
    ['whatever the order, and whatever is missing', [3, NaN, 1, 2, 0, NaN, 4], [3.2, 3.6, 3.8]],
    ['ties', [1, 1, 1, 1, 1, 1, 1, 1, 1, 2], [1, 1.1, 1.55]],
  ])('%s', (_name, values, wanted) => {
    const found = [...(cutsOf(values, FIFTH, 2) ?? [])];
    expect(found).toHaveLength(3);
    for (const [k, cut] of found.entries()) expect(cut).toBeCloseTo(wanted[k] ?? NaN, 12);
  });

  it.each([
    ['nothing', []],
    ['one value less than there must be', [1, 2, 3, 4, NaN]],
    ['the same over and over', [2, 2, 2, 2, 2, 2]],
  ])('there are none of %s', (_name, values) => {
    expect(cutsOf(values, FIFTH, 5)).toBeUndefined();
  });

  it('refuses what is no share', () => {
    expect(refused(() => cutsOf([1, 2], [1.1], 1))).toMatchObject({ code: 'math/out-of-range' });
  });

  it.each([
    [NaN, -1],
    [0, 0],
    [80, 0],
    [80.5, 1],
    [90, 1],
    [95, 2],
    [1e9, 3],
  ])('%d lies beyond %d of three', (value, count) => {
    expect(bucketOf([80, 90, 95], value)).toBe(count);
  });

  it('however many values tie, no more lie beyond a cut than its share says', () => {
    const values = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 80 });
    fc.assert(
      fc.property(values, (sample) => {
        const cuts = cutsOf(sample, FIFTH, 2);
        for (const [k, q] of FIFTH.entries()) {
          const beyond = cuts ? sample.filter((x) => bucketOf(cuts, x) > k).length : 0;
          expect(beyond).toBeLessThanOrEqual(Math.ceil((1 - q) * (sample.length - 1)));
        }
      }),
    );
  });
});
