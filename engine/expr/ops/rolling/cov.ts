import { rollingPairs } from '../../kernels/pairs.js';
import { numberSeries, numbers } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { multiply, PURE } from '../../unit.js';
import { x, y } from '../shared.js';
import { ddof } from './spread.js';
import { rolling, windowArgs, windowOf } from './window.js';

export const cov = defineOp({
  ...rolling(2),
  name: 'cov',
  doc: 'Covariance over the rows of a window where both are known; missing where these are fewer than min, or than 2.',
  formula: 'Σ (xᵢ − mₓ)(yᵢ − mᵧ) / (k − ddof) over the k rows of W where both are known',
  example: 'cov(logret_1, benchmark.logret_1, 288, min=144)',
  args: [x, y, ...windowArgs(2), ddof],
  gives: 'number',
  unit: ([a = PURE, b = PURE]) => multiply(a, b),

  cases: [
    {
      call: 'cov(x, y, 3, min=2)',
      rows: { x: [1, 2, 3, null, 5], y: [2, 4, 6, 7, null] },
      gives: [null, 1, 2, 1, null],
    },
    { call: 'cov(x, y, 3, ddof=0)', rows: { x: [1, 2, 3], y: [6, 3, 0] }, gives: [null, null, -2] },
  ],
  run(call) {
    const out = call.memory.numbers(call.rows);
    const { window, min } = windowOf(call, 2);
    const [a, b] = [numbers(call, 0), numbers(call, 1)];
    const lost = call.constants.number('ddof');
    rollingPairs(a, b, window, min, call.clock.anchors, 'cov', lost, out);
    return numberSeries(out);
  },
});
