import { defineOp } from '../../op.js';
import { pureIfSame, x, y } from '../shared.js';
import { compared, notAbove } from './compare.js';

export const greaterOrEqual = defineOp({
  name: '>=',
  doc: 'Whether x is at least y. Missing if either is.',
  formula: 'x ≥ y',
  example: 'rv_z >= 2',
  args: [x, y],
  gives: 'boolean',
  unit: pureIfSame,
  elementWise: true,
  cases: [
    {
      call: 'x >= y',
      rows: { x: [1, 2, 3, null, 1], y: [2, 2, 2, 2, null] },
      gives: [false, true, true, null, null],
    },
  ],
  run: (call) => compared(call, 1, 0, notAbove),
});
