import { describe, expect, it } from '@jest/globals';
import { chiSquareTail } from '../../../../engine/expr/kernels/chi-square.js';
import { expectedRange } from '../../../../engine/expr/kernels/hurst.js';
import { unitRootP } from '../../../../engine/expr/kernels/mackinnon.js';
import { SHORTFALL } from '../../../../engine/expr/kernels/permutation-entropy.js';
import { factorial } from './slow.js';

function near(found: number, expected: number, within = 1e-12): void {
  if (Math.abs(found - expected) <= within * Math.abs(expected)) return;
  expect(found).toBe(expected);
}

/** SciPy 1.17.1: chi2.sf(x, degrees). */
const CHI_SQUARE: readonly (readonly [x: number, degrees: number, p: number])[] = [
  [0.001, 1, 0.9747728793699604],
  [1e-8, 2, 0.999999995],
  [3.84, 1, 0.05004352124870519],
  [5, 5, 0.4158801869955079],
  [50, 5, 1.3857973367009573e-9],
  [500, 5, 7.984661110562824e-106],
  [1000, 7, 1.2044267735190072e-211],
  [1300, 10, 3.825653538395905e-273],
  [20, 20, 0.4579297144718523],
  [10, 40, 0.999999654786418],
  [100, 40, 4.791357300338064e-7],
  [300, 100, 7.4121008573230175e-22],
  [0.001, 9, 1.0],
];
/** statsmodels 0.15.0: mackinnonp(t, regression='c', N=series). */
const UNIT_ROOT: readonly (readonly [t: number, series: 1 | 2, p: number])[] = [
  [-20, 1, 0.0],
  [-18, 1, 2.736285338884294e-30],
  [-6, 1, 1.6661204834054382e-7],
  [-3.5, 1, 0.007987094061496709],
  [-2.62, 1, 0.08893372342186434],
  [-2.6, 1, 0.09299726743861264],
  [-1.61, 1, 0.4779756525941893],
  [-1.6, 1, 0.4835934696535866],
  [-1, 1, 0.7532643012005655],
  [0, 1, 0.958532086060056],
  [0.9, 1, 0.9930903263282864],
  [0.95, 1, 0.9937093477252888],
  [2.7, 1, 0.9990870192563208],
  [2.8, 1, 1.0],
  [-20, 2, 0.0],
  [-18, 2, 1.8689844738018625e-29],
  [-6, 2, 1.6234924812268292e-6],
  [-3.5, 2, 0.03239538836017372],
  [-2.62, 2, 0.2296596033101832],
  [-2.6, 2, 0.23683002337001974],
  [-1.61, 2, 0.7166506606477032],
  [-1.6, 2, 0.7208899791201339],
  [-1, 2, 0.902847226038779],
  [0, 2, 0.9859002580259643],
  [0.9, 2, 0.9939524645785258],
  [0.95, 2, 1.0],
  [2.7, 2, 1.0],
  [2.8, 2, 1.0],
];

describe('the upper tail of chi-square', () => {
  for (const [x, degrees, p] of CHI_SQUARE)
    it(`P(χ²(${degrees}) > ${x})`, () => near(chiSquareTail(x, degrees), p));
  it('at its ends', () => {
    expect([chiSquareTail(0, 3), chiSquareTail(-1, 3), chiSquareTail(1e5, 3)]).toEqual([1, 1, 0]);
    expect(chiSquareTail(NaN, 3)).toBeNaN();
  });
});

describe('the MacKinnon surface', () => {
  for (const [t, series, p] of UNIT_ROOT)
    it(`t = ${t} of ${series} series`, () => near(unitRootP(t, series), p));
});

/** SciPy 1.17.1: exp(gammaln((n−1)/2) − gammaln(n/2)) / √π · Σ √((n − i)/i). */
it('the expected range of independent values', () => {
  near(expectedRange(8), 2.6245962433780035);
  near(expectedRange(64), 8.965567522183644);
  near(expectedRange(512), 27.23382132077116);
});

/**
 * Of all orderings of order + s values, how many show one pattern at the first `order` and again at the last: the chance of a
 * pattern to stand again s rows on.
 */
function again(order: number, s: number): number {
  let twice = 0;
  for (const values of orderingsOf(order + s)) {
    const first = patternOf(values.slice(0, order));
    if (first === patternOf(values.slice(s))) twice += 1;
  }
  return (twice * factorial(order)) / factorial(order + s);
}

const patternOf = (v: readonly number[]): string =>
  v.map((x) => v.filter((u) => u < x).length).join();

function* orderingsOf(n: number): Generator<readonly number[]> {
  if (n === 0) yield [];
  else
    for (const rest of orderingsOf(n - 1))
      for (let at = 0; at < n; at += 1) yield [...rest.slice(0, at), n - 1, ...rest.slice(at)];
}

describe('what the entropy of independent values falls short by', () => {
  for (const order of [2, 3, 4])
    it(`order ${order}: order! − 1, and twice what is said of patterns s rows on beyond chance`, () => {
      let total = factorial(order) - 1;
      for (let s = 1; s < order; s += 1) total += 2 * (again(order, s) - 1);
      near(SHORTFALL[order - 2] ?? NaN, total);
    });
});
