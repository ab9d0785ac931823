import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { total } from './total.js';
import { rolling, windowArgs } from './window.js';

export const mean = defineOp({
  ...rolling(1),
  name: 'mean',
  doc: 'Mean of the known rows of a window; missing where fewer than min are known.',
  formula: 'Σ xᵢ / k over the k known rows of W',
  example: 'mean(logret_1 ^ 2, 12)',
  args: [x, ...windowArgs(1)],
  gives: 'number',
  unit: firstUnit,

  cases: [
    { call: 'mean(x, 2)', rows: { x: [1, 2, 4, null, 3] }, gives: [null, 1.5, 3, null, null] },
    {
      call: 'mean(x, 3, min=2)',
      rows: { x: [1, null, 3, 5, null, null] },
      gives: [null, null, 2, 4, 4, null],
    },
    {
      call: 'mean(x, all, min=2)',
      rows: { x: [null, 1, null, 4] },
      gives: [null, null, null, 2.5],
    },
  ],
  run: (call) => total(call, true),
});
