import { rollingAdf } from '../../kernels/adf.js';
import { numberSeries, numbers } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { x } from '../shared.js';
import { leastForUnitRoot, unitRoot } from './unit-root.js';
import { MOST_LAGS, window } from './window.js';

/** p-values of statsmodels 0.15.0: adfuller(x, maxlag=lags, regression='c', autolag=None). */
const WALK = [3, 5, 4, 6, 8, 7, 9, 8, 6, 7, 5, 6, 4, 5, 7, 8, 9, 11, 10, 12, 9];
const UNKNOWN = WALK.slice(2).map(() => null);

export const adf_p = defineOp({
  ...unitRoot,
  name: 'adf_p',
  doc: 'p-value of the augmented Dickey–Fuller test with a constant: small where the window returns to its mean, large where it wanders. Rows whose change, level or lagged changes touch a missing row are left out; missing with fewer than 20 rows, on a flat window and on a perfect fit.',
  formula: 'P(t) of γ in Δxₜ = a + γ xₜ₋₁ + Σ cₖ Δxₜ₋ₖ, k = 1 … lags; P by the MacKinnon surface',
  source:
    'Dickey & Fuller (1979), JASA 74; MacKinnon (1994), J. Business & Economic Statistics 12, coefficients of 2010',
  example: 'adf_p(log(close), 2016)',
  args: [x, window, { name: 'lags', is: 'integer', default: 0, least: 0, most: MOST_LAGS }],
  cases: [
    {
      call: 'adf_p(x, 20)',
      rows: { x: WALK },
      gives: [...UNKNOWN, 0.6558237299451043, 0.3923238873687279],
    },
    {
      call: 'adf_p(x, 20, lags=1)',
      rows: { x: WALK },
      gives: [...UNKNOWN, 0.9041108048532029, 0.5855304082094135],
    },
    {
      call: 'adf_p(x, all)',
      rows: { x: WALK },
      gives: [...UNKNOWN, 0.6558237299451043, 0.24087574395861594],
    },
    { call: 'adf_p(x, 20)', rows: { x: WALK.map(() => 3) }, gives: WALK.map(() => null) },
    { call: 'adf_p(x, 20)', rows: { x: WALK.map((_, i) => i) }, gives: WALK.map(() => null) },
  ],
  run(call) {
    const out = call.memory.numbers(call.rows);
    const read = {
      window: call.constants.number('window'),
      lags: call.constants.number('lags'),
      least: leastForUnitRoot(call.constants),
    };
    rollingAdf(numbers(call, 0), read, call.clock.anchors, out);
    return numberSeries(out);
  },
});
