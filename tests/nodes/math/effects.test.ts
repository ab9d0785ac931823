import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { betweenVariance, heterogeneity, shrinkEffects } from '../../../nodes/math/effects.js';
import { tStatistic } from '../../../nodes/math/tstat.js';
import { ageWeights, effectiveSize, weightedMean } from '../../../nodes/math/weighted.js';
import { EVENT_RESEARCH, expectClose, golden } from './golden.js';
import { refused } from './refused.js';

// Rubin (1981), coaching in eight schools.
const SCHOOLS = [28, 8, -3, 7, -1, 1, 18, 12];
const SCHOOL_ERRORS = [15, 10, 16, 11, 9, 11, 10, 18];
// The worked family of the methods reference, section 7.
const Y = [1.2, 0.4, -0.3, 2.5, 0.9, -1.1];
const S = [0.5, 0.4, 0.6, 0.7, 0.3, 0.5];

describe('effects', () => {
  it('eight schools pool completely', () => {
    const between = betweenVariance(SCHOOLS, SCHOOL_ERRORS, 'dersimonian-laird');
    const got = shrinkEffects(SCHOOLS, SCHOOL_ERRORS, between);
    expectClose(
      [heterogeneity(SCHOOLS, SCHOOL_ERRORS), between, got.mean, got.se],
      [4.7070788644, 0, 7.685616725, 4.0719191584],
      { abs: 5e-11 },
    );
    expectClose(
      got.posterior,
      SCHOOLS.map(() => got.mean),
      { rel: 1e-15 },
    );
    expectClose(
      got.deviation,
      SCHOOLS.map(() => got.se),
      { rel: 1e-12 },
    );
  });
  it.each([
    ['dersimonian-laird' as const, 0.8070946338],
    ['paule-mandel' as const, 1.1975272369],
    // The restricted likelihood maximised at 30 digits (mpmath); the methods reference prints 1.0943066930, an
    // optimiser's stop 2e-8 short of it.
    ['reml' as const, 1.09430671191524],
  ])('%s', (method, want) => expectClose(betweenVariance(Y, S, method), want, { abs: 5e-11 }));
  it('posteriors of the worked family', () => {
    const fixed = shrinkEffects(Y, S, 0);
    expectClose(
      [fixed.mean, fixed.se, heterogeneity(Y, S)],
      [0.5688825441, 0.1820298048, 23.8381240491],
      { abs: 5e-11 },
    );
    const got = shrinkEffects(Y, S, betweenVariance(Y, S, 'dersimonian-laird'));
    expectClose([got.mean, got.se], [0.561310075, 0.4200162689], { abs: 5e-11 });
    expectClose(
      got.posterior,
      [1.0489515733, 0.4266877833, -0.0343217782, 1.7676262483, 0.866021318, -0.7071046948],
      { abs: 5e-11 },
    );
  });
  it('at Paule and Mandel’s estimate Q is k − 1', () => {
    expectClose(heterogeneity(Y, S, betweenVariance(Y, S, 'paule-mandel')), 5, { rel: 1e-12 });
  });
  it('a posterior lies between its estimate and the mean, and is surer than the estimate', () => {
    const cell = fc.tuple(
      fc.double({ min: -5, max: 5, noNaN: true }),
      fc.double({ min: 0.05, max: 3, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 3, maxLength: 12 }), (cells) => {
        const [y, s] = [cells.map((c) => c[0]), cells.map((c) => c[1])];
        const got = shrinkEffects(y, s, betweenVariance(y, s, 'paule-mandel'));
        for (const [i, p] of got.posterior.entries()) {
          const own = y[i] ?? NaN;
          expect(p).toBeGreaterThanOrEqual(Math.min(own, got.mean) - 1e-12);
          expect(p).toBeLessThanOrEqual(Math.max(own, got.mean) + 1e-12);
          expect(got.deviation[i]).toBeLessThanOrEqual((s[i] ?? NaN) * (1 + 1e-12));
        }
      }),
      { seed: 1, numRuns: 60 },
    );
  });
  it.each([
    ['two cells', () => betweenVariance([1, 2], [1, 1], 'reml'), 'math/too-few-rows'],
    ['no cells', () => shrinkEffects([], [], 0), 'math/too-few-rows'],
    ['an error of 0', () => shrinkEffects([1], [0], 0), 'math/out-of-range'],
    ['a missing estimate', () => shrinkEffects([NaN], [1], 0), 'math/out-of-range'],
    ['a negative variance', () => shrinkEffects([1], [1], -1), 'math/out-of-range'],
    ['errors of other cells', () => heterogeneityOf([1, 2], [1]), 'math/sizes-differ'],
  ])('refuse %s', (_, work, code) => expect(refused(work).code).toBe(code));
});

const heterogeneityOf = (y: number[], s: number[]) => shrinkEffects(y, s, 0);

describe('weighted means', () => {
  it.each(
    golden('event-research', 'weighted_expectancy')
      .at('cases')
      .list()
      .map((c) => [c.at('label').text(), c] as const),
  )('golden %s', (_, c) => {
    const weights = ageWeights(
      c.at('age_days').numbers(),
      c.at('tau_days').number(),
      c.at('floor_weight').number(),
    );
    expectClose(weights, c.at('weights').numbers(), EVENT_RESEARCH);
    const got = weightedMean(c.at('x').numbers(), weights);
    expectClose(
      [got.n, got.mean, got.biased, got.unbiased, got.se, got.t, got.degrees, got.twoSided],
      ['n_eff', 'mean_w', 'var_w_biased', 'var_w_unbiased', 'se', 't', 'df', 'p_two_sided'].map(
        (k) => c.at(k).number(),
      ),
      EVENT_RESEARCH,
    );
  });
  it('equal weights are none', () => {
    const x = [0.3, -0.1, 0.4, NaN, 0.2];
    const [weighted, plain] = [weightedMean(x, [2, 2, 2, 2, 2]), tStatistic(x)];
    expectClose([weighted.n, weighted.t, weighted.twoSided], [plain.n, plain.t, plain.twoSided], {
      rel: 1e-12,
    });
  });
  it('a lone value has no error, no weight no mean', () => {
    expect([weightedMean([1], [1]).t, weightedMean([1], [0]).mean, effectiveSize([])]).toEqual([
      NaN,
      NaN,
      0,
    ]);
  });
  it.each([
    ['a negative weight', () => weightedMean([1], [-1]), 'math/out-of-range'],
    ['weights of other values', () => weightedMean([1], []), 'math/sizes-differ'],
    ['tau 0', () => ageWeights([1], 0, 0), 'math/out-of-range'],
    ['a floor of 2', () => ageWeights([1], 1, 2), 'math/out-of-range'],
  ])('refuse %s', (_, work, code) => expect(refused(work).code).toBe(code));
});
