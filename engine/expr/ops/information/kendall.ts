import { rollingKendall } from '../../kernels/kendall.js';
import { numberSeries, numbers } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { rolling, windowArgs, windowOf } from '../rolling/window.js';
import { pure, x, y } from '../shared.js';

export const kendall = defineOp({
  ...rolling(2),
  name: 'kendall',
  doc: 'Rank correlation of Kendall (τ-b) over the rows of a window where both are known; missing where either has but one value.',
  formula:
    '(agreeing − disagreeing pairs) / √((n₀ − n₁)(n₀ − n₂)), n₀ = k(k − 1)/2, n₁ and n₂ the pairs tied in x and in y',
  source: 'Kendall (1945), The treatment of ties in ranking problems, Biometrika 33',
  example: 'kendall(logret_1, pair.logret_1, 2016)',
  args: [x, y, ...windowArgs(2)],
  gives: 'number',
  unit: pure,
  holes: 'make',
  cases: [
    {
      call: 'kendall(x, y, all)',
      rows: { x: [1, 2, 3, 4], y: [1, 3, 2, 4] },
      gives: [null, 1, 1 / 3, 2 / 3],
    },
    {
      call: 'kendall(x, y, 4)',
      rows: { x: [1, 2, 2, 3, 5], y: [1, 2, 3, 3, 0] },
      gives: [null, null, null, 0.8, -0.4],
    },
    {
      call: 'kendall(x, y, 4, min=2)',
      rows: { x: [1, null, 2, 2, 2, 2], y: [1, 2, null, 4, 3, 4] },
      gives: [null, null, null, 1, null, null],
    },
  ],
  run(call) {
    const out = call.memory.numbers(call.rows);
    const { window, min } = windowOf(call, 2);
    rollingKendall(numbers(call, 0), numbers(call, 1), window, min, out);
    return numberSeries(out);
  },
});
