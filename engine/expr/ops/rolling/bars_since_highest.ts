import { defineOp } from '../../op.js';
import { pure, x } from '../shared.js';
import { extreme } from './extreme.js';
import { rolling, windowArgs } from './window.js';

export const bars_since_highest = defineOp({
  ...rolling(1),
  name: 'bars_since_highest',
  doc: 'Rows back to the largest known value of a window, 0 to window − 1, the latest of equals; missing where fewer than min are known.',
  formula: 't − max{i ∈ W : xᵢ = max x}',
  source: 'Lemire (2006), Streaming maximum-minimum filter, Nordic J. Computing 13',
  example: 'bars_since_highest(high, 15)',
  args: [x, ...windowArgs(1)],
  gives: 'number',
  unit: pure,

  cases: [
    {
      call: 'bars_since_highest(x, 3, min=1)',
      rows: { x: [5, 2, 5, 1, null, null, null] },
      gives: [0, 1, 0, 1, 2, 2, null],
    },
    { call: 'bars_since_highest(x, 3)', rows: { x: [1, 2, 1, 0] }, gives: [null, null, 1, 2] },
  ],
  run: (call) => extreme(call, 1, true),
});
