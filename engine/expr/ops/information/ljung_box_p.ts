import type { Constants } from '../../constants.js';
import { rollingLjungBox } from '../../kernels/ljung-box.js';
import { numberSeries, numbers } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { x } from '../shared.js';
import { knownFrom, MOST_LAGS, window } from './window.js';

const leastRows = (c: Constants): number => 3 * c.number('lags');

export const ljung_box_p = defineOp({
  ...knownFrom(leastRows, (c) => `${c.number('lags')} lags`),
  name: 'ljung_box_p',
  doc: 'The least p-value of the Ljung–Box tests with 1, 2 … `lags` lags: small where a value depends on those before it. A missing row leaves out its pairs; missing with fewer than 3·lags known rows and on a flat window.',
  formula:
    'min over m ≤ lags of P(χ²ₘ > Q), Q = n(n + 2) Σ ρₖ² / nₖ, k = 1 … m, nₖ = pairs k rows apart (n − k without gaps)',
  source:
    'Ljung & Box (1978), Biometrika 65; Stoffer & Toloi (1992), Statistics & Probability Letters 13, for missing rows',
  example: 'ljung_box_p(logret_1, 5, 288)',
  args: [x, { name: 'lags', is: 'integer', least: 1, most: MOST_LAGS }, window],
  cases: [
    {
      call: 'ljung_box_p(x, 1, 4)',
      rows: { x: [1, 2, 4, 3, 5, 1] },
      gives: [
        null,
        null,
        0.9480107273361829,
        0.6713732405408727,
        0.3221988061625788,
        0.14026021261061836,
      ],
    },
    { call: 'ljung_box_p(x, 1, 3)', rows: { x: [2, 2, 2, null] }, gives: [null, null, null, null] },
  ],
  run(call) {
    const out = call.memory.numbers(call.rows);
    const read = {
      lags: call.constants.number('lags'),
      window: call.constants.number('window'),
      least: leastRows(call.constants),
    };
    rollingLjungBox(numbers(call, 0), read, call.clock.anchors, out);
    return numberSeries(out);
  },
});
