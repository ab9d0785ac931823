import { describe, expect, it } from '@jest/globals';
import { golden } from '../golden/kit.js';
import { run } from '../kit.js';

interface SeriesFeatures {
  readonly cases: readonly {
    readonly id: string;
    readonly input: { readonly returns: number[] };
  }[];
}
const { cases } = golden<SeriesFeatures>('selection-allocation/series-features.json');

function returns(id: string): number[] {
  const found = cases.find((c) => c.id === id);
  if (found === undefined) throw new Error(`There is no series ${id}.`);
  return found.input.returns;
}

/** Running sum of returns. */
function level(id: string): number[] {
  let sum = 0;
  return returns(id).map((r) => {
    sum += r;
    return sum;
  });
}

function near(found: unknown, expected: number): void {
  if (Math.abs(Number(found) - expected) <= 1e-9 * Math.abs(expected)) return;
  expect(found).toBe(expected);
}

/** statsmodels 0.15.0: adfuller(x, maxlag=lags, regression='c', autolag=None)[1]. */
const ADF: readonly (readonly [id: string, of: 'level' | 'return', lags: number, p: number])[] = [
  ['white-252', 'level', 0, 0.9879519849838918],
  ['white-252', 'level', 1, 0.9797375248992407],
  ['white-252', 'level', 4, 0.9895291066972691],
  ['white-252', 'return', 0, 1.2049569123651528e-26],
  ['white-252', 'return', 1, 2.5310048194354736e-21],
  ['white-252', 'return', 4, 1.2025487832047167e-10],
  ['trend-180', 'level', 0, 0.8462136327326244],
  ['trend-180', 'level', 1, 0.7983998052678573],
  ['trend-180', 'level', 4, 0.7636468037520852],
  ['trend-180', 'return', 0, 3.926049975642827e-23],
  ['trend-180', 'return', 1, 7.546534812518507e-14],
  ['trend-180', 'return', 4, 3.7386562236361354e-5],
  ['mean-reverting-160', 'level', 0, 0.23950115374724834],
  ['mean-reverting-160', 'level', 1, 0.46960694281183185],
  ['mean-reverting-160', 'level', 4, 0.5051546036497252],
  ['mean-reverting-160', 'return', 0, 0.0],
  ['mean-reverting-160', 'return', 1, 2.3841435938741205e-18],
  ['mean-reverting-160', 'return', 4, 1.7753997667541503e-6],
  ['short-60', 'level', 0, 0.6022658941141256],
  ['short-60', 'level', 1, 0.8251511169442627],
  ['short-60', 'level', 4, 0.8749092874969823],
  ['short-60', 'return', 0, 9.953564025820218e-18],
  ['short-60', 'return', 1, 1.0131599392291689e-5],
  ['short-60', 'return', 4, 0.002188081214429565],
  ['ar-200', 'level', 0, 0.48931471185347175],
  ['ar-200', 'level', 1, 0.3112522296061959],
  ['ar-200', 'level', 4, 0.08472436815708445],
  ['ar-200', 'return', 0, 1.7986722321384551e-12],
  ['ar-200', 'return', 1, 2.746274119060275e-7],
  ['ar-200', 'return', 4, 1.6156869037990037e-5],
  ['fat-130', 'level', 0, 0.1695377875948752],
  ['fat-130', 'level', 1, 0.2957409261159909],
  ['fat-130', 'level', 4, 0.25771519820384536],
  ['fat-130', 'return', 0, 1.128863596938319e-23],
  ['fat-130', 'return', 1, 3.6796921684193894e-15],
  ['fat-130', 'return', 4, 3.9863358799533996e-5],
];
/** statsmodels 0.15.0: coint(y, x, trend='c', maxlag=lags, autolag=None)[1] of levels; `mixed`: y = 2x + the returns of the first. */
const COINT: readonly (readonly [y: string, x: string, lags: number, p: number, mixed?: true])[] = [
  ['white-252', 'trend-180', 0, 0.4396354070052007],
  ['white-252', 'trend-180', 1, 0.49595512190346724],
  ['white-252', 'trend-180', 3, 0.5500013784369423],
  ['white-252', 'trend-180', 1, 7.284713145922342e-16, true],
  ['trend-180', 'ar-200', 0, 0.9926010586291748],
  ['trend-180', 'ar-200', 1, 0.9869540405182503],
  ['trend-180', 'ar-200', 3, 0.9820198624802231],
  ['trend-180', 'ar-200', 1, 8.742568911185572e-13, true],
  ['mean-reverting-160', 'fat-130', 0, 0.6234569707556908],
  ['mean-reverting-160', 'fat-130', 1, 0.8225894288500804],
  ['mean-reverting-160', 'fat-130', 3, 0.8841976651275278],
  ['mean-reverting-160', 'fat-130', 1, 1.284397516544995e-14, true],
  ['ar-200', 'white-252', 0, 0.696668456891844],
  ['ar-200', 'white-252', 1, 0.48210199221088856],
  ['ar-200', 'white-252', 3, 0.12166863988657517],
  ['ar-200', 'white-252', 1, 2.3290168312546395e-6, true],
  ['fat-130', 'short-60', 0, 0.14059826062497421],
  ['fat-130', 'short-60', 1, 0.3443893111048256],
  ['fat-130', 'short-60', 3, 0.33643995478088007],
  ['fat-130', 'short-60', 1, 1.177294655200393e-6, true],
];
/** SciPy 1.17.1: kendalltau(x, y).statistic of returns, and of returns in whole per cents, which are full of ties. */
const KENDALL: readonly (readonly [x: string, y: string, tau: number, tied: number])[] = [
  ['white-252', 'trend-180', -0.022284987130135516, 0.0003121542402294572],
  ['trend-180', 'ar-200', 0.05238981998758535, 0.0396134977057136],
  ['mean-reverting-160', 'fat-130', -0.08706541848625576, -0.0978815486730997],
  ['ar-200', 'white-252', -0.006583079978961885, -0.013045062297955387],
  ['fat-130', 'short-60', -0.08022598870056497, -0.09061402714371168],
];
/** statsmodels 0.15.0: min(acorr_ljungbox(r, lags=10)['lb_pvalue']). */
const LJUNG_BOX: readonly (readonly [id: string, p: number])[] = [
  ['white-252', 0.11863224704425927],
  ['trend-180', 0.0009398357188370129],
  ['mean-reverting-160', 2.2524292698919592e-8],
  ['short-60', 0.02493379092101854],
  ['ar-200', 1.0736163944580494e-19],
  ['fat-130', 0.18373404011785877],
];

describe('adf_p equals statsmodels', () => {
  for (const [id, of, lags, p] of ADF) {
    const x = of === 'level' ? level(id) : returns(id);
    it(`${id}, ${of}, ${lags} lags`, () => {
      near(run(`adf_p(x, ${x.length}, ${lags})`, { x }).at(-1), p);
      near(run(`adf_p(10 + x, all, ${lags})`, { x }).at(-1), p);
    });
  }
});

describe('coint_p equals statsmodels', () => {
  for (const [first, second, lags, p, mixed] of COINT) {
    const x = level(second);
    const y = level(first).slice(0, x.length);
    const r = returns(first).slice(0, x.length);
    const columns = { x: x.slice(0, y.length), y, r };
    it(`${first} on ${second}, ${lags} lags${mixed ? ', mixed' : ''}`, () => {
      const call = `coint_p(${mixed ? '2 * x + r' : 'y'}, x, ${y.length}, ${lags})`;
      near(run(call, columns).at(-1), p);
    });
  }
});

describe('kendall equals SciPy', () => {
  for (const [first, second, tau, tied] of KENDALL) {
    const rows = Math.min(returns(first).length, returns(second).length);
    const columns = { x: returns(first).slice(0, rows), y: returns(second).slice(0, rows) };
    it(`${first}, ${second}`, () => {
      near(run('kendall(x, y, all)', columns).at(-1), tau);
      near(run(`kendall(round(100 * x), round(100 * y), ${rows})`, columns).at(-1), tied);
    });
  }
});

describe('ljung_box_p equals statsmodels', () => {
  for (const [id, p] of LJUNG_BOX)
    it(id, () => near(run('ljung_box_p(r, 10, all)', { r: returns(id) }).at(-1), p));
});
