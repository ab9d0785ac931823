import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { regularisedBeta } from '../../../nodes/math/beta.js';
import { logBeta, logGamma } from '../../../nodes/math/gamma.js';
import {
  normalCdf,
  normalQuantile,
  normalSf,
  normalUpperQuantile,
} from '../../../nodes/math/normal.js';
import {
  normalTwoSided,
  studentCdf,
  studentSf,
  studentTwoSided,
} from '../../../nodes/math/tails.js';
import { EVENT_RESEARCH, expectClose, golden } from './golden.js';
import { refused } from './refused.js';
import { LOG_BETA, LOG_GAMMA, NORMAL_SF, STUDENT_SF } from './tails.table.js';

const FINE = { rel: 1e-12 };

describe('against 40-digit values', () => {
  it.each(NORMAL_SF)('P(Z > %p)', (x, want) => {
    expectClose(normalSf(x), want, FINE);
    expectClose(normalCdf(-x), want, FINE);
  });
  it.each(NORMAL_SF)('the quantile gives %p back', (x, p) => {
    expectClose(normalUpperQuantile(p), x, { rel: 1e-12, abs: 1e-13 });
    expectClose(normalQuantile(p), -x, { rel: 1e-12, abs: 1e-13 });
  });
  it.each(STUDENT_SF)('P(T > %p), %p degrees', (t, degrees, want) => {
    expectClose(studentSf(t, degrees), want, FINE);
  });
  it.each(LOG_GAMMA)('ln Γ(%p)', (x, want) => {
    expectClose(logGamma(x), want, { rel: 1e-14, abs: 1e-15 });
  });
  it.each(LOG_BETA)('ln B(%p, %p)', (a, b, want) => {
    expectClose(logBeta(a, b), want, { rel: 1e-14, abs: 1e-14 });
    expectClose(logBeta(b, a), want, { rel: 1e-14, abs: 1e-14 });
  });
});

it('reproduces the golden table of Student tails', () => {
  for (const row of golden('event-research', 'tstat').at('t_sf_table').list()) {
    const [t, df] = [row.at('t').number(), row.at('df').number()];
    expectClose(studentSf(t, df), row.at('sf').number(), EVENT_RESEARCH, `sf(${t}, ${df})`);
    expectClose(studentTwoSided(t, df), row.at('two_sided').number(), EVENT_RESEARCH);
  }
});

describe('properties', () => {
  const t = fc.double({ min: -40, max: 40, noNaN: true });
  const degrees = fc.double({ min: 0.5, max: 1e5, noNaN: true });

  it('the two tails of Student make one', () => {
    fc.assert(
      fc.property(t, degrees, (x, df) => {
        expectClose(studentSf(x, df) + studentCdf(x, df), 1, { abs: 1e-13 });
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('one degree of freedom is Cauchy, many are normal', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 50, noNaN: true }), (x) => {
        expectClose(studentSf(x, 1), Math.atan2(1, x) / Math.PI, { rel: 1e-13 });
        expectClose(studentTwoSided(x, Infinity), normalTwoSided(x), {});
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  it('the incomplete beta function is symmetric', () => {
    const share = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
    const size = fc.double({ min: 0.1, max: 500, noNaN: true });
    fc.assert(
      fc.property(share, size, size, (x, a, b) => {
        const both = regularisedBeta(a, b, x, 1 - x) + regularisedBeta(b, a, 1 - x, x);
        expectClose(both, 1, { abs: 1e-12 });
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  it('tails fall', () => {
    fc.assert(
      fc.property(t, t, degrees, (x, y, df) => {
        const [low, high] = x < y ? [x, y] : [y, x];
        expect(studentSf(high, df)).toBeLessThanOrEqual(studentSf(low, df));
        expect(normalSf(high)).toBeLessThanOrEqual(normalSf(low));
      }),
      { seed: 4, numRuns: 100 },
    );
  });
});

describe('edges', () => {
  it.each([
    ['normalSf(∞)', normalSf(Infinity), 0],
    ['normalSf(−∞)', normalSf(-Infinity), 1],
    ['normalSf(NaN)', normalSf(NaN), NaN],
    ['normalQuantile(0)', normalQuantile(0), -Infinity],
    ['normalQuantile(1)', normalQuantile(1), Infinity],
    ['normalQuantile(½)', normalQuantile(0.5), 0],
    ['studentSf(0)', studentSf(0, 3), 0.5],
    ['studentSf(∞)', studentSf(Infinity, 3), 0],
    ['studentSf(−∞)', studentSf(-Infinity, 3), 1],
    ['studentSf(NaN)', studentSf(NaN, 3), NaN],
    ['studentTwoSided(0)', studentTwoSided(0, 3), 1],
  ])('%s', (_, got, want) => expect(got).toBe(want));

  it.each([
    ['degrees 0', () => studentSf(1, 0), { name: 'degrees', found: '0', must: 'above 0' }],
    ['p = 2', () => normalQuantile(2), { name: 'p', found: '-1', must: 'a probability' }],
    ['ln Γ(0)', () => logGamma(0), { name: 'x', found: '0', must: 'above 0' }],
  ])('refuses %s', (_, work, facts) => {
    expect(refused(work)).toEqual({ code: 'math/out-of-range', facts });
  });
});
