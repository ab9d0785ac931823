import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { sortedWindow } from './sorted.js';
import { rolling, windowArgs } from './window.js';

export const mad = defineOp({
  ...rolling(1),
  name: 'mad',
  doc: 'Median distance from the median of the known rows of a window, unscaled; missing where fewer than min are known.',
  formula: 'median |xᵢ − median x| over the known rows of W',
  source: 'Hampel (1974), The influence curve, JASA 69',
  example: '1.4826 * mad(logret_1, 2016, min=288)',
  args: [x, ...windowArgs(1)],
  gives: 'number',
  unit: firstUnit,

  cases: [
    {
      call: 'mad(x, 4, min=3)',
      rows: { x: [1, 2, 4, 8, null, 8, 8, 8] },
      gives: [null, null, 1, 1.5, 2, 0, 0, 0],
    },
  ],
  bundle: sortedWindow,
});
