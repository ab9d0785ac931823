import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { detection, stepUpLimit, studentUpperQuantile } from '../../../nodes/math/detection.js';
import { benjaminiHochberg } from '../../../nodes/math/multiplicity.js';
import { expectClose } from './golden.js';
import { refused } from './refused.js';

describe('the p-value up to which one more is a find', () => {
  it.each([
    [[], 0.05, 0.05],
    [[0.9, 0.5, 0.7], 0.04, 0.01],
    [[0.0001, 0.5, 0.7], 0.04, 0.02],
    [[0.0001, 0.5, Number.NaN, 0.7], 0.04, 0.02],
    [[0.0001, 0.0002, 0.0003], 0.04, 0.04],
  ])('beside %j at %d: %d', (others, level, limit) => {
    expect(stepUpLimit(Float64Array.from(others), level)).toBeCloseTo(limit, 15);
  });

  it('is where Benjamini and Hochberg turn, whatever the others are', () => {
    const p = fc.double({ min: 0, max: 1, noNaN: true }).map((x) => x * x * x);
    const level = fc.constantFrom(0.05, 0.1, 0.2);
    fc.assert(
      fc.property(fc.array(p, { maxLength: 30 }), level, (others, q) => {
        const limit = stepUpLimit(others, q);
        const own = (x: number) => benjaminiHochberg([...others, x])[others.length] ?? Number.NaN;
        expect(own(limit * (1 - 1e-9))).toBeLessThanOrEqual(q);
        expect(own(limit * (1 + 1e-9))).toBeGreaterThan(q);
      }),
    );
  });

  it('refuses a level that promises nothing', () => {
    expect(refused(() => stepUpLimit([], 1))).toMatchObject({
      code: 'math/out-of-range',
      facts: { name: 'level' },
    });
  });
});

describe('quantiles of t, as scipy 1.17.1 t.isf has them', () => {
  it.each([
    [0.05, 10, 1.812461122811676],
    [0.0005, 114, 3.3779224588865464],
    [1e-8, 60, 6.46876066598553],
    [0.9, 30, -1.3104150253913955],
  ])('%d with %d degrees', (p, degrees, wanted) => {
    expectClose([studentUpperQuantile(p, degrees)], [wanted], { rel: 1e-10 });
  });
});

describe('the chance of finding an effect', () => {
  it('is the limit without effect, one half where the effect is as large as what is asked for, and grows with it', () => {
    expect(detection(0, 3, 80, 0.01)).toBeCloseTo(0.01, 12);
    expect(detection(3 * studentUpperQuantile(0.01, 80), 3, 80, 0.01)).toBeCloseTo(0.5, 12);
    const chances = [-2, 0, 2, 4, 8, 16].map((effect) => detection(effect, 3, 80, 0.01));
    expect(chances).toEqual([...chances].sort((a, b) => a - b));
  });

  it('is near the noncentral t, which scipy 1.17.1 nct.sf has', () => {
    // nct.sf(t.isf(0.0005, 114), 114, effect / error)
    expect(Math.abs(detection(20, 6, 114, 0.0005) - 0.48556961966)).toBeLessThan(0.005);
    expect(Math.abs(detection(30, 6, 114, 0.0005) - 0.94409160095)).toBeLessThan(0.005);
  });

  it('refuses an error of nothing', () => {
    expect(refused(() => detection(1, 0, 10, 0.05))).toMatchObject({
      code: 'math/out-of-range',
      facts: { name: 'error' },
    });
  });
});
