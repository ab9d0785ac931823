import { describe, expect, it } from '@jest/globals';
import { rollingPermutationEntropy } from '../../../../engine/expr/kernels/permutation-entropy.js';
import { run } from '../kit.js';
import { patchy, uniform, walk } from './series.js';
import { factorial } from './slow.js';

const x = patchy(21, 400, 100, 1);
const y = patchy(22, 400, 50, 1).map((v, i) => v + (x[i] ?? NaN) / 2);

/** Two formulas that must agree to the last bit: powers of two scale without rounding, and orderings know no scale. */
const SAME: readonly (readonly [one: string, other: string])[] = [
  ['permutation_entropy(x, 60, min=9)', 'permutation_entropy(exp(x / 64), 60, min=9)'],
  ['kendall(x, y, 50, min=9)', 'kendall(y, x, 50, min=9)'],
  ['kendall(x, y, 50, min=9)', '-kendall(-x, y, 50, min=9)'],
  ['kendall(x, y, 50, min=9)', 'kendall(exp(x / 64), 8 * y, 50, min=9)'],
  ['hurst(x, 80)', 'hurst(4 * x, 80)'],
  ['haar_energy(x, 16)', 'haar_energy(-4 * x, 16)'],
  ['ljung_box_p(x, 4, 60)', 'ljung_box_p(-4 * x, 4, 60)'],
  ['memory(x, at_most=5, window=60)', 'memory(-4 * x, at_most=5, window=60)'],
  ['adf_p(x, 60, lags=1)', 'adf_p(-4 * x, 60, lags=1)'],
  ['coint_p(y, x, 60)', 'coint_p(4 * y, -2 * x, 60)'],
  ['lag(adf_p(x, 60), 3)', 'adf_p(lag(x, 3), 60)'],
];

describe('what changes nothing', () => {
  for (const [one, other] of SAME)
    it(`${one} = ${other}`, () => {
      const found = run(one, { x, y });
      expect(run(other, { x, y }).map((v) => (v === 0 ? 0 : v))).toEqual(
        found.map((v) => (v === 0 ? 0 : v)),
      );
      expect(found.filter((v) => v !== null).length).toBeGreaterThan(50);
    });
});

describe('white noise', () => {
  const next = uniform(31);
  const noise = Float64Array.from({ length: 30_000 }, next);
  /** Mean over windows that share no row. */
  function meanEntropy(order: number, rows: number, corrected: boolean): number {
    const out = new Float64Array(noise.length);
    rollingPermutationEntropy(noise, { window: rows, order, delay: 1, min: 1, corrected }, out);
    const apart = out.filter((_, i) => i % rows === rows - 1);
    return apart.reduce((a, b) => a + b, 0) / apart.length;
  }
  for (const [order, rows] of [
    [3, 120],
    [4, 250],
    [5, 1000],
  ] as const)
    it(`scores 1 at order ${order} in ${rows} rows once corrected; order! − 1 would say more`, () => {
      const raw = meanEntropy(order, rows, false);
      const lifted = meanEntropy(order, rows, true);
      const independent =
        (factorial(order) - 1) / (2 * (rows - order + 1) * Math.log(factorial(order)));
      expect(1 - raw).toBeGreaterThan(0.003);
      // What is cut off at 1 leaves a little under it.
      expect(1 - lifted).toBeGreaterThan(0);
      expect(1 - lifted).toBeLessThan((1 - raw) / 2);
      expect(raw + independent).toBeGreaterThan(1);
    });
  it('has a Hurst exponent of about ½ once corrected, and more before', () => {
    const returns = walk(41, 4000, 0, 1).map((v, i, all) => v - (all[i - 1] ?? 0));
    const mean = (call: string): number => {
      const found = run(call, { x: returns }).filter((v) => typeof v === 'number');
      return found.reduce((a, b) => a + b, 0) / found.length;
    };
    expect(Math.abs(mean('hurst(x, 128)') - 0.5)).toBeLessThan(0.05);
    expect(mean('hurst(x, 128, corrected=false)')).toBeGreaterThan(0.58);
  });
});
