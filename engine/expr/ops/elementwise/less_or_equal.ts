import { defineOp } from '../../op.js';
import { pureIfSame, x, y } from '../shared.js';
import { compared, notAbove } from './compare.js';

export const lessOrEqual = defineOp({
  name: '<=',
  doc: 'Whether x is at most y. Missing if either is.',
  formula: 'x ≤ y',
  example: 'er_96 <= 0.15',
  args: [x, y],
  gives: 'boolean',
  unit: pureIfSame,
  elementWise: true,
  cases: [
    {
      call: 'x <= y',
      rows: { x: [1, 2, 3, null, 1], y: [2, 2, 2, 2, null] },
      gives: [true, true, false, null, null],
    },
  ],
  run: (call) => compared(call, 0, 1, notAbove),
});
