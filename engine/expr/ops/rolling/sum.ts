import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { total } from './total.js';
import { rolling, windowArgs } from './window.js';

export const sum = defineOp({
  ...rolling(1),
  name: 'sum',
  doc: 'Sum of the known rows of a window; missing where fewer than min are known.',
  formula: 'Σ xᵢ over the known rows of W',
  example: 'sum(abs(diff(close)), 96)',
  args: [x, ...windowArgs(1)],
  gives: 'number',
  unit: firstUnit,

  cases: [
    { call: 'sum(x, 2)', rows: { x: [1, 2, 4, null, 3, 5] }, gives: [null, 3, 6, null, null, 8] },
    {
      call: 'sum(x, 3, min=2)',
      rows: { x: [1, null, 3, 5, null, null, null] },
      gives: [null, null, 4, 8, 8, null, null],
    },
    { call: 'sum(x, all)', rows: { x: [null, 1, null, 4] }, gives: [null, 1, 1, 5] },
  ],
  run: (call) => total(call, false),
});
