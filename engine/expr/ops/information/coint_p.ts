import { rollingCointegration } from '../../kernels/cointegration.js';
import { numberSeries, numbers } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { x, y } from '../shared.js';
import { leastForUnitRoot, unitRoot } from './unit-root.js';
import { MOST_LAGS, window } from './window.js';

/** p-values of statsmodels 0.15.0: coint(y, x, trend='c', maxlag=lags, autolag=None). */
const WALK = [3, 5, 4, 6, 8, 7, 9, 8, 6, 7, 5, 6, 4, 5, 7, 8, 9, 11, 10, 12, 9];
const NEAR = [7, 9, 10, 11, 17, 16, 18, 15, 13, 13, 12, 11, 9, 9, 15, 17, 17, 23, 20, 24, 20];
const UNKNOWN = WALK.slice(2).map(() => null);

export const coint_p = defineOp({
  ...unitRoot,
  name: 'coint_p',
  doc: 'p-value of the Engle–Granger test: small where y less a multiple of x returns to its mean. The multiple is that of the window, rows with a missing side are left out; missing with fewer than 20 rows, where a side is flat and where y is a line of x.',
  formula:
    'e = y − a − b x by least squares; P(t) of γ in Δeₜ = γ eₜ₋₁ + Σ cₖ Δeₜ₋ₖ, k = 1 … lags; P by the MacKinnon surface for two series',
  source:
    'Engle & Granger (1987), Econometrica 55; MacKinnon (1994), J. Business & Economic Statistics 12, coefficients of 2010',
  example: 'coint_p(log(close), log(pair.close), 2016)',
  args: [y, x, window, { name: 'lags', is: 'integer', default: 1, least: 0, most: MOST_LAGS }],
  cases: [
    {
      call: 'coint_p(y, x, 20)',
      rows: { y: NEAR, x: WALK },
      gives: [...UNKNOWN, 0.001279663431742436, 0.001819448047576924],
    },
    {
      call: 'coint_p(y, x, all, lags=0)',
      rows: { y: NEAR.slice(0, 20), x: WALK.slice(0, 20) },
      gives: [...UNKNOWN, 1.4702208699556275e-12],
    },
    {
      call: 'coint_p(2 * x + 1, x, 20)',
      rows: { x: WALK },
      gives: WALK.map(() => null),
    },
    {
      call: 'coint_p(y, x, 20)',
      rows: { y: NEAR, x: WALK.map(() => 7) },
      gives: WALK.map(() => null),
    },
  ],
  run(call) {
    const out = call.memory.numbers(call.rows);
    const read = {
      window: call.constants.number('window'),
      lags: call.constants.number('lags'),
      least: leastForUnitRoot(call.constants),
    };
    rollingCointegration(numbers(call, 0), numbers(call, 1), read, call.clock.anchors, out);
    return numberSeries(out);
  },
});
