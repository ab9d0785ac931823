import { describe, expect, it } from '@jest/globals';
import { stream } from '../../../engine/sdk/random.js';
import { calmMix } from '../../../nodes/math/cluster-weights.js';
import { matrixOfColumns } from '../../../nodes/math/matrix.js';
import { meanBlock, resampled } from '../../../nodes/math/resampled.js';
import { refused } from './refused.js';

const noise = (key: number, n: number, mean: number) => {
  const random = stream([key, 7]);
  return Array.from({ length: n }, () => mean + 0.01 * random.normal());
};
const rule = (draws = 400) => {
  const random = stream([3, 3]);
  return { draws, confidence: 0.95, year: 365, uniform: () => random.uniform() };
};

describe('resampled', () => {
  it('a strong series is positive and better; its intervals hold the sample value', () => {
    const strong = noise(1, 300, 0.004);
    const got = resampled(strong, noise(2, 300, 0), rule());
    expect(got.pPositive).toBeCloseTo(1 / 401, 12);
    expect(got.pBetter).toBeLessThan(0.05);
    expect(got.sharpe.low).toBeGreaterThan(0);
    expect(got.sharpe.low).toBeLessThan(got.sharpe.high);
    expect(got.drawdown.high).toBeLessThanOrEqual(0);
  });
  it('noise is not', () => {
    expect(resampled(noise(5, 300, 0), noise(6, 300, 0), rule()).pPositive).toBeGreaterThan(0.02);
  });
  it('cash has no p-value and no Sharpe interval', () => {
    const got = resampled(new Float64Array(50), noise(2, 50, 0), rule(20));
    expect([got.pPositive, got.pBetter, got.sharpe.low]).toEqual([NaN, NaN, NaN]);
    expect(got.annual).toEqual({ low: 0, high: 0 });
  });
  it('the same draws give the same bits', () => {
    const own = noise(8, 90, 0.001);
    expect(resampled(own, own, rule(50))).toEqual(resampled(own, own, rule(50)));
  });
  it('blocks are the cube root of the days, at least 5', () => {
    expect([1, 125, 126, 1000].map(meanBlock)).toEqual([5, 5, 6, 10]);
  });
  it('refuses no draws', () => {
    expect(refused(() => resampled([0], [0], rule(0)))).toMatchObject({
      code: 'math/out-of-range',
    });
  });
});

describe('calmMix', () => {
  const rules = { cap: 0.6, l2: 0, ridge: 0.01, conditionMost: 5000, year: 365 };
  it('prefers the calm stream, keeps to the cap, and tells how it got there', () => {
    const calm = noise(1, 120, 0).map((x) => x / 4);
    const mix = calmMix(matrixOfColumns([noise(2, 120, 0), calm, noise(3, 120, 0)]), rules);
    expect(mix.status).toBe('optimal');
    expect(mix.weights[1]).toBeCloseTo(0.6, 9);
    expect(mix.weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(mix.residual).toBeLessThan(1e-8);
    expect(mix).toMatchObject({ ridge: 0.01, tried: [] });
  });
  it('raises the ridge for streams that are nearly one', () => {
    const a = noise(1, 120, 0);
    const mix = calmMix(matrixOfColumns([a, a.map((x, i) => x + (i % 2 === 0 ? 1e-9 : -1e-9))]), {
      ...rules,
      ridge: 0,
      conditionMost: 20,
      cap: 1,
    });
    expect(mix.ridge).toBeGreaterThan(0.01);
  });
  // Returns that jump between two values a year of which dwarfs what is added to the diagonal: nothing is left to shrink.
  const twins = Array.from({ length: 2 }, () =>
    Float64Array.from({ length: 40 }, (_, t) => (t % 2) * 1e50),
  );
  const unridged = { ...rules, ridge: 0, conditionMost: 1e300, cap: 1 };
  it('goes to a stronger ridge where the covariance is singular, and tells what failed', () => {
    const mix = calmMix(matrixOfColumns(twins), unridged);
    expect(mix).toMatchObject({ status: 'optimal', ridge: 0.15 });
    expect(mix.tried.map(({ why }) => why)).toEqual(['math/not-definite']);
    expect(mix.weights[0]).toBeCloseTo(0.5, 9);
  });
  it('refuses rather than invent a mix when even the strongest ridge does not help', () => {
    const bent = { ...unridged, l2: -1e-3 };
    const calm = [noise(1, 120, 0), noise(2, 120, 0)].map((s) => s.map((x) => x / 1e6));
    expect(refused(() => calmMix(matrixOfColumns(calm), bent)).code).toBe('math/not-definite');
  });
});
