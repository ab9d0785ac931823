import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { extreme } from './extreme.js';
import { rolling, windowArgs } from './window.js';

export const lowest = defineOp({
  ...rolling(1),
  name: 'lowest',
  doc: 'Smallest known value of a window; missing where fewer than min are known.',
  formula: 'min xᵢ over the known rows of W',
  source: 'Lemire (2006), Streaming maximum-minimum filter, Nordic J. Computing 13',
  example: 'lowest(low, 96, min=72)',
  args: [x, ...windowArgs(1)],
  gives: 'number',
  unit: firstUnit,

  cases: [
    {
      call: 'lowest(x, 3, min=2)',
      rows: { x: [2, 1, 5, null, 3, null, null] },
      gives: [null, 1, 1, 1, 3, null, null],
    },
    { call: 'lowest(x, all)', rows: { x: [null, 3, 1, 2] }, gives: [null, 3, 1, 1] },
  ],
  run: (call) => extreme(call, -1, false),
});
