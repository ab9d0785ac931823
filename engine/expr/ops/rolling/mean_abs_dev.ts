import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { sortedWindow } from './sorted.js';
import { rolling, windowArgs } from './window.js';

export const mean_abs_dev = defineOp({
  ...rolling(1),
  name: 'mean_abs_dev',
  doc: 'Mean distance from the mean of the known rows of a window; missing where fewer than min are known.',
  formula: 'Σ |xᵢ − m| / k over the k known rows of W, m their mean',
  example: 'mean_abs_dev(close, 20)',
  args: [x, ...windowArgs(1)],
  gives: 'number',
  unit: firstUnit,

  cases: [
    // 10/9 and 20/9, then half of 4.
    {
      call: 'mean_abs_dev(x, 3, min=2)',
      rows: { x: [1, 2, 4, 8, null, 8, 8] },
      gives: [null, 0.5, 1.1111111111111112, 2.2222222222222223, 2, 0, 0],
    },
  ],
  bundle: sortedWindow,
});
