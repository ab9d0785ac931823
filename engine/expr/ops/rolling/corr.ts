import { rollingPairs } from '../../kernels/pairs.js';
import { numberSeries, numbers } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { pure, x, y } from '../shared.js';
import { rolling, windowArgs, windowOf } from './window.js';

export const corr = defineOp({
  ...rolling(2),
  name: 'corr',
  doc: 'Correlation over the rows of a window where both are known; missing where these are fewer than min, or than 2, and where either side is flat.',
  formula:
    'Σ (xᵢ − mₓ)(yᵢ − mᵧ) / √(Σ (xᵢ − mₓ)² · Σ (yᵢ − mᵧ)²) over the rows of W where both are known',
  source:
    'Pearson (1895), Notes on regression and inheritance in the case of two parents, Proc. Royal Society 58',
  example: 'corr(logret_1, benchmark.logret_1, 288, min=144)',
  args: [x, y, ...windowArgs(2)],
  gives: 'number',
  unit: pure,
  holes: 'make',
  cases: [
    {
      call: 'corr(x, y, 3, min=2)',
      rows: { x: [1, 2, 3, 3, 3, null], y: [2, 4, 6, 5, 4, 4] },
      gives: [null, 1, 1, 0.8660254037844386, null, null],
    },
  ],
  run(call) {
    const out = call.memory.numbers(call.rows);
    const { window, min } = windowOf(call, 2);
    const [a, b] = [numbers(call, 0), numbers(call, 1)];
    rollingPairs(a, b, window, min, call.clock.anchors, 'corr', 0, out);
    return numberSeries(out);
  },
});
