import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  annualisingFactor,
  deflatedSharpe,
  effectiveTrials,
  expectedMaximum,
  expectedMaximumApproximate,
  expectedMaximumExact,
  minimumBacktest,
  minimumTrack,
  probabilisticSharpe,
  type SharpeRatio,
  sharpeError,
  sharpeRatio,
} from '../../../nodes/math/sharpe.js';
import { EVENT_RESEARCH, expectClose, golden } from './golden.js';
import { refused } from './refused.js';

const ratio = (sharpe: number, n: number, skew = 0, kurtosis = 3): SharpeRatio => ({
  sharpe,
  n,
  skew,
  kurtosis,
});
const daily = 2.5 / Math.sqrt(250);

describe('the papers’ examples', () => {
  it.each([
    ['N 100', ratio(daily, 1250, -3, 10), 100, 0.9003968344],
    ['N 46', ratio(daily, 1250, -3, 10), 46, 0.9505017069],
    ['N 88, normal', ratio(daily, 1250), 88, 0.9504908167],
  ])('deflated, %s', (_, s, trials, want) => {
    expectClose(deflatedSharpe(s, trials, 0.5 / 250).probability, want, { abs: 5e-11 });
  });
  it('threshold of N 100', () => {
    expectClose(deflatedSharpe(ratio(daily, 1250), 100, 0.5 / 250).threshold, 0.1131720019, {
      abs: 5e-11,
    });
  });
  it.each([
    ['normal', ratio(0.458, 24), 0, 0.9816749191],
    ['skewed', ratio(0.458, 24, -2.448, 10.164), 0, 0.9133610839],
    ['raw, not excess kurtosis', ratio(1, 24), 0.5, 0.9748785404],
  ])('probabilistic, %s', (_, s, benchmark, want) => {
    expectClose(probabilisticSharpe(s, benchmark), want, { abs: 5e-11 });
  });
  it.each([
    ['daily', 250, 0, 3, 2.73119],
    ['weekly', 52, 0, 3, 2.82883],
    ['monthly', 12, 0, 3, 3.2398],
    ['monthly, skewed', 12, -0.72, 5.78, 4.99126],
  ])('minimum track record, %s', (_, year, skew, kurtosis, want) => {
    const root = Math.sqrt(year);
    const periods = minimumTrack(ratio(2 / root, 100, skew, kurtosis), 1 / root);
    expectClose(periods / year, want, { abs: 5e-6 });
  });
  it('minimum backtest length', () => expectClose(minimumBacktest(45, 1), 4.99809, { abs: 5e-6 }));
  it.each([
    [0, 3.464101615],
    [0.1, 3.160110974],
    [0.2, 2.878848691],
    [-0.1, 3.797873228],
  ])('Lo’s factor for a year of months, φ %p', (phi, want) => {
    let rho = 1;
    const decaying = Array.from({ length: 11 }, () => (rho *= phi));
    expectClose(annualisingFactor(12, decaying), want, { abs: 5e-10 });
  });
});

describe('the expected maximum', () => {
  it.each([
    [2, 0.51976, 0.56419],
    [5, 1.19259, 1.16296],
    [10, 1.5746, 1.53875],
    [50, 2.2763, 2.24907],
    [100, 2.5306, 2.50759],
    [1000, 3.25512, 3.24144],
  ])('of %p', (trials, approximate, exact) => {
    expectClose(expectedMaximumApproximate(trials), approximate, { abs: 5e-6 });
    expectClose(expectedMaximumExact(trials), exact, { abs: 5e-6 });
    expect(expectedMaximum(trials)).toBe(
      trials < 5 ? expectedMaximumExact(trials) : expectedMaximumApproximate(trials),
    );
  });
  it('of one is 0, of two 1/√π', () => {
    expectClose(expectedMaximum(1), 0, { abs: 1e-14 });
    expectClose(expectedMaximum(2), 1 / Math.sqrt(Math.PI), { rel: 1e-13 });
  });
});

it.each(
  golden('event-research', 'psr_dsr')
    .at('cases')
    .list()
    .map((c) => [c.at('label').text(), c] as const),
)('golden %s', (_, c) => {
  const got = sharpeRatio(c.at('x').numbers());
  const sd = c.at('sr_std_across_trials').number();
  const deflated = deflatedSharpe(got, c.at('n_trials').number(), sd * sd);
  expectClose(
    [
      got.n,
      got.sharpe,
      got.skew,
      got.kurtosis,
      sharpeError(got),
      probabilisticSharpe(got),
      deflated.threshold,
      deflated.probability,
    ],
    ['n', 'sr_per_obs', 'skew', 'kurtosis_raw', 'se_sr', 'psr_vs_0', 'benchmark_sr', 'dsr'].map(
      (k) => c.at(k).number(),
    ),
    EVENT_RESEARCH,
  );
});

describe('sense', () => {
  it('more trials deflate more', () => {
    const trials = fc.double({ min: 1, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(trials, fc.double({ min: 1, max: 100, noNaN: true }), (n, more) => {
        const s = ratio(0.1, 500, -0.5, 5);
        // Where the integral gives way to the approximation the maximum steps up, never down.
        expect(deflatedSharpe(s, n * more, 0.01).probability).toBeLessThanOrEqual(
          deflatedSharpe(s, n, 0.01).probability + 1e-12,
        );
      }),
      { seed: 1, numRuns: 60 },
    );
  });
  it('a flat series has no ratio', () => {
    const flat = sharpeRatio([0.1, 0.1, 0.1]);
    expect([flat.sharpe, probabilisticSharpe(flat), minimumTrack(flat, 0)]).toEqual([
      NaN,
      NaN,
      NaN,
    ]);
  });
  it('a ratio below its benchmark never has track enough', () => {
    expect(minimumTrack(ratio(0.1, 100), 0.2)).toBe(Infinity);
  });
  it('correlated trials count less', () => expect(effectiveTrials(100, 0.5)).toBe(50.5));
  it.each([
    ['no trial', () => expectedMaximum(0.5), { name: 'trials', found: '0.5', must: '1 or more' }],
    [
      'a negative variance',
      () => deflatedSharpe(ratio(1, 9), 3, -1),
      { name: 'variance', found: '-1', must: '0 or more' },
    ],
    [
      'impossible moments',
      () => sharpeError(ratio(1, 9, 3, 1)),
      { name: 'skew and kurtosis', found: '-2', must: 'moments of a distribution' },
    ],
    [
      'a single observation',
      () => sharpeError(ratio(1, 1)),
      { name: 'n', found: '1', must: '2 or more' },
    ],
    [
      'confidence ½',
      () => minimumTrack(ratio(1, 9), 0, 0.5),
      { name: 'confidence', found: '0.5', must: 'between 0.5 and 1' },
    ],
    [
      'a correlation of 2',
      () => effectiveTrials(3, 2),
      { name: 'correlation', found: '2', must: 'from 0 to 1' },
    ],
  ])('refuses %s', (_, work, facts) =>
    expect(refused(work)).toEqual({ code: 'math/out-of-range', facts }),
  );
});
