import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { extreme } from './extreme.js';
import { rolling, windowArgs } from './window.js';

export const highest = defineOp({
  ...rolling(1),
  name: 'highest',
  doc: 'Largest known value of a window; missing where fewer than min are known.',
  formula: 'max xᵢ over the known rows of W',
  source: 'Lemire (2006), Streaming maximum-minimum filter, Nordic J. Computing 13',
  example: 'highest(high, 96, min=72)',
  args: [x, ...windowArgs(1)],
  gives: 'number',
  unit: firstUnit,

  cases: [
    {
      call: 'highest(x, 3, min=2)',
      rows: { x: [2, 5, 1, null, 3, null, null] },
      gives: [null, 5, 5, 5, 3, null, null],
    },
    { call: 'highest(x, all)', rows: { x: [null, 1, 3, 2] }, gives: [null, 1, 3, 3] },
  ],
  run: (call) => extreme(call, 1, false),
});
