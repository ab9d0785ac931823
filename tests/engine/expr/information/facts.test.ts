import { describe, expect, it } from '@jest/globals';
import { barTable, compileAll, refusals, run } from '../kit.js';

/** Reach, warm-up and kind of a formula. */
const FACTS: readonly (readonly [call: string, reach: number, warmup: number, kind: string])[] = [
  ['permutation_entropy(x, 120, order=5, min=24)', 119, 27, 'finite'],
  ['permutation_entropy(x, 120)', 119, 119, 'finite'],
  ['permutation_entropy(x, 120, order=4, delay=6, min=10)', 119, 27, 'finite'],
  ['permutation_entropy(x, 120, order=5, min=24, corrected=true)', 119, 63, 'finite'],
  ['permutation_entropy(x, all, order=4)', 3, 3, 'expanding'],
  ['hurst(x, 512)', 511, 31, 'finite'],
  ['hurst(x, all)', 31, 31, 'expanding'],
  ['haar_energy(x)', 63, 63, 'finite'],
  ['adf_p(x, 2016)', 2015, 19, 'finite'],
  ['adf_p(x, 2016, lags=20)', 2015, 44, 'finite'],
  ['coint_p(y, x, 2016)', 2015, 19, 'finite'],
  ['lag(coint_p(y, x, 2016), 1)', 2016, 20, 'finite'],
  ['kendall(x, y, 2016, min=500)', 2015, 499, 'finite'],
  ['ljung_box_p(x, 5, 288)', 287, 14, 'finite'],
  ['memory(x, window=252)', 251, 59, 'finite'],
  ['memory(x, at_most=5, window=all)', 14, 14, 'expanding'],
];

describe('facts', () => {
  const formulas = Object.fromEntries(FACTS.map(([call], i) => [`f${i}`, call]));
  const { program, problems } = compileAll(formulas, { self: barTable(['x', 'y']) });
  it('all compile', () => {
    expect(problems.filter((p) => p.severity === 'error').map((p) => p.message)).toEqual([]);
  });
  FACTS.forEach(([call, reach, warmup, kind], i) => {
    it(`${call}: ${reach} rows back, known from row ${warmup}, ${kind}`, () => {
      const facts = program.columns.find((c) => c.id === `f${i}`)?.facts;
      expect([facts?.reach, facts?.warmup, facts?.kind]).toEqual([reach, warmup, kind]);
    });
  });
});

const REFUSED: readonly (readonly [call: string, code: string, says: string])[] = [
  ['permutation_entropy(x, 120, order=8)', 'expr/out-of-range', 'at most 7'],
  ['permutation_entropy(x, 4, order=5)', 'expr/argument', '1 patterns of 5 values need 5 rows'],
  ['permutation_entropy(x, 20, min=19)', 'expr/argument', '19 patterns of 3 values need 21 rows'],
  [
    'permutation_entropy(x, 60, order=5, min=10, corrected=true)',
    'expr/argument',
    '60 patterns of 5 values need 64 rows',
  ],
  ['hurst(x, 31)', 'expr/argument', 'two segment lengths need 32 rows'],
  ['haar_energy(x, all)', 'expr/unknown-name', 'all'],
  ['haar_energy(x, 64, depth=0)', 'expr/out-of-range', 'at least 1'],
  ['adf_p(x, 19)', 'expr/argument', 'a test and its 0 lags need 20 rows'],
  ['coint_p(y, x, 100, lags=48)', 'expr/argument', 'a test and its 48 lags need 101 rows'],
  ['adf_p(x, 2016, lags=-1)', 'expr/out-of-range', 'at least 0'],
  ['ljung_box_p(x, 5, 14)', 'expr/argument', '5 lags need 15 rows'],
  ['memory(x, window=59)', 'expr/argument', '20 lags need 60 rows'],
  ['memory(x, 2, window=252)', 'expr/out-of-range', 'at most 1'],
  ['kendall(x, y, 10, min=11)', 'expr/argument', 'min=11'],
];

describe('refusals', () => {
  for (const [call, code, says] of REFUSED)
    it(call, () => {
      const [first] = refusals(call);
      expect(first?.code).toBe(code);
      expect(first?.message).toContain(says);
    });
});

describe('edges', () => {
  const flat = Array.from({ length: 70 }, () => 4);
  const missing = flat.map(() => NaN);
  for (const call of [
    'permutation_entropy(x, 20, min=1)',
    'hurst(x, 64)',
    'adf_p(x, 40)',
    'coint_p(x, 2 * x, 40)',
    'kendall(x, -x, 20, min=2)',
    'ljung_box_p(x, 2, 30)',
    'memory(x, at_most=3, window=30)',
  ])
    it(`${call} says nothing of a flat window or an empty one`, () => {
      expect(run(call, { x: flat }).every((v) => v === null)).toBe(true);
      expect(run(call, { x: missing }).every((v) => v === null)).toBe(true);
    });
  it('the last row being missing silences no window that knows enough', () => {
    const x = flat.map((_, i) => (i === 69 ? NaN : (i * i * 7) % 31));
    const calls = ['permutation_entropy(x, 40, min=9)', 'hurst(x, 64)', 'memory(x, window=60)'];
    expect(calls.map((call) => run(call, { x }).at(-1) === null)).toEqual([false, false, true]);
    expect(run('adf_p(x, 40)', { x }).at(-1)).not.toBeNull();
  });
});
