import { defineOp } from '../../op.js';
import { pureIfSame, x, y } from '../shared.js';
import { below, compared } from './compare.js';

export const less = defineOp({
  name: '<',
  doc: 'Whether x is less than y. Missing if either is.',
  formula: 'x < y',
  example: 'er_96 < 0.15',
  args: [x, y],
  gives: 'boolean',
  unit: pureIfSame,
  elementWise: true,
  cases: [
    {
      call: 'x < y',
      rows: { x: [1, 2, 3, null, 1], y: [2, 2, 2, 2, null] },
      gives: [true, false, false, null, null],
    },
  ],
  run: (call) => compared(call, 0, 1, below),
});
