import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chiSquareSf } from '../../../nodes/math/chi-square.js';
import { efficiency } from '../../../nodes/math/efficiency.js';
import { entropyOfNoise, permutationEntropy } from '../../../nodes/math/entropy.js';
import { turbulence } from '../../../nodes/math/haar.js';
import { hurst } from '../../../nodes/math/hurst.js';
import { clusterStream, inverseVariance } from '../../../nodes/math/inverse-variance.js';
import { matrixOfColumns } from '../../../nodes/math/matrix.js';
import { autocorrelation, halfLife, ljungBox, memoryDepth } from '../../../nodes/math/memory.js';
import { mean } from '../../../nodes/math/sum.js';
import { normalTwoSided } from '../../../nodes/math/tails.js';
import { expectClose } from './golden.js';
import { refused } from './refused.js';
import { normals, series, uniforms } from './sample.js';
import { CHI_SQUARE_SF } from './tails.table.js';

describe('permutation entropy', () => {
  it.each([
    ['rising', [1, 2, 3, 4, 5], 3, 0],
    ['flat counts as rising', [1, 1, 1, 1], 2, 0],
    ['up and down alike', [1, 2, 1, 2, 1], 2, 1],
    ['a gap breaks windows', [1, 2, NaN, 1, 0], 2, 1],
    ['too short', [1, 2], 3, NaN],
    // Bandt & Pompe (2002): 4, 7, 9, 10, 6, 11, 3 has orders 012 twice, 120 once, 102 twice… H = 1.5219 bits.
    ['the authors’ example', [4, 7, 9, 10, 6, 11, 3], 3, 1.5219280948873624 / Math.log2(6)],
  ])('%s', (_, values, order, want) =>
    expectClose(permutationEntropy(values, order), want, { abs: 1e-12 }),
  );
  it('sees order only', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 40 }),
        (v) => {
          expect(
            permutationEntropy(
              v.map((a) => a * a * a + 1),
              3,
            ),
          ).toBe(permutationEntropy(v, 3));
        },
      ),
      { seed: 1, numRuns: 40 },
    );
  });
  it('white noise falls short of 1 by what the reference says: order 5 of 120 is 0.881 ± 0.012', () => {
    const noise = entropyOfNoise(120, 5, 300, uniforms(1));
    expectClose([noise.mean, noise.deviation], [0.881, 0.0125], { abs: 0.003 });
  });
  it.each([[1], [8]])('refuses order %p', (order) =>
    expect(refused(() => permutationEntropy([1, 2], order)).code).toBe('math/out-of-range'),
  );
});

describe('Hurst exponent', () => {
  const average = (of: (v: Float64Array) => number) =>
    mean(Array.from({ length: 60 }, (_, k) => of(series(k + 1, 252, 0, 1))));
  it('raw is biased for noise, corrected is not', () => {
    expectClose(
      average((v) => hurst(v).raw),
      0.58,
      { abs: 0.03 },
    );
    expectClose(
      average((v) => hurst(v).corrected),
      0.5,
      { abs: 0.03 },
    );
  });
  it('does not care about scale or level', () => {
    const v = series(3, 200, 0, 1);
    expectClose(hurst(v.map((a) => 5 * a + 2)).raw, hurst(v).raw, { abs: 1e-12 });
  });
  it.each([
    ['31 values', new Float64Array(31).fill(1), { raw: NaN, corrected: NaN, estimated: false }],
    ['a flat series', new Float64Array(64).fill(1), { raw: 0.5, corrected: 0.5, estimated: false }],
  ])('%s', (_, v, want) => expect(hurst(v)).toEqual(want));
});

describe('efficiency', () => {
  it.each([
    ['a straight path', new Array<number>(10).fill(0.01), 1],
    ['there and back', [1, -1, 1, -1, 1, -1, 1, -1, 1, -1], 0],
    ['standing still', new Array<number>(10).fill(0), 0],
    ['nine values', new Array<number>(9).fill(1), NaN],
  ])('%s', (_, values, want) => expectClose(efficiency(values), want, { abs: 1e-15 }));
});

describe('memory', () => {
  const ar = (phi: number) => {
    const draw = normals(8);
    let last = 0;
    return Float64Array.from({ length: 4000 }, () => (last = phi * last + draw()));
  };
  it('finds an autoregression again', () => {
    expectClose(autocorrelation(ar(0.6), 1), 0.6, { abs: 0.03 });
    expectClose(halfLife(ar(0.9)), Math.LN2 / 0.1, { rel: 0.15 });
    expect(memoryDepth(ar(0.6))).toBeGreaterThan(4);
    expect([ljungBox(ar(0.3)) < 1e-10, ljungBox(series(2, 400, 0, 1)) > 0.01]).toEqual([
      true,
      true,
    ]);
  });
  it.each([
    ['autocorrelation of two values', autocorrelation([1, 2], 1), NaN],
    ['autocorrelation of a flat series', autocorrelation([1, 1, 1, 1], 1), NaN],
    ['memory of a flat series', memoryDepth([1, 1, 1, 1]), 0],
    ['half-life of a growing level', halfLife([1, 2, 4, 8, 16]), NaN],
    ['half-life of one that jumps back', halfLife([1, -1, 1, -1, 1]), 0.5],
    ['Ljung–Box of six values', ljungBox([1, 2, 3, 2, 1, 2]), NaN],
  ])('%s', (_, got, want) => expect(got).toBe(want));
});

describe('turbulence', () => {
  it.each([
    ['a constant has none', [1, 1, 1, 1, 1, 1, 1, 1], 0],
    ['a zigzag is nothing else', [1, -1, 1, -1], 1],
    ['one value', [1], NaN],
    ['no energy', [0, 0], NaN],
    ['an odd length repeats its last value', [2, 2, 2], 0],
  ])('%s', (_, values, want) => expectClose(turbulence(values), want, { abs: 1e-15 }));
  it('white noise has seven eighths of its energy there', () => {
    expectClose(
      mean(Array.from({ length: 50 }, (_, k) => turbulence(series(k + 1, 64, 0, 1)))),
      0.875,
      { abs: 0.02 },
    );
  });
});

describe('chi-square tail', () => {
  it.each(CHI_SQUARE_SF)('P(X > %p), %p degrees', (v, degrees, want) =>
    expectClose(chiSquareSf(v, degrees), want, { rel: 1e-12 }),
  );
  it('one degree is a squared normal', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 30, noNaN: true }), (z) =>
        expectClose(chiSquareSf(z * z, 1), normalTwoSided(z), { rel: 1e-11 }),
      ),
      { seed: 1, numRuns: 60 },
    );
  });
  it.each([
    [0, 1],
    [Infinity, 0],
    [NaN, NaN],
  ])('at %p', (v, want) => expect(chiSquareSf(v, 3)).toBe(want));
  it('refuses no degrees', () =>
    expect(refused(() => chiSquareSf(1, 0)).code).toBe('math/out-of-range'));
});

describe('cluster streams', () => {
  it('leave out members that are flat or hardly there', () => {
    const full = [1, -1, 1, -1, 1, -1, 1, -1, 1, -1];
    const holes = full.map((v, t) => (t < 4 ? NaN : v));
    const got = clusterStream(matrixOfColumns([full, full.map(() => 0), holes]), [0, 1, 2]);
    expect([got.members, Array.from(got.weights), Array.from(got.stream)]).toEqual([
      [0],
      [1],
      full,
    ]);
  });
  it('keep the fullest when none is full enough', () => {
    const holes = [1, 2, NaN, NaN];
    expect(clusterStream(matrixOfColumns([holes]), [0]).members).toEqual([0]);
  });
  it('of flat members only are missing', () => {
    expect(clusterStream(matrixOfColumns([[1, 1]]), [0])).toEqual({
      members: [],
      weights: new Float64Array(0),
      stream: Float64Array.of(NaN, NaN),
    });
  });
  it('weights are inverse to variance', () =>
    expectClose(inverseVariance([1, 4]), [0.8, 0.2], { rel: 1e-15 }));
  it('refuse a variance of 0', () =>
    expect(refused(() => inverseVariance([1, 0])).code).toBe('math/out-of-range'));
});
