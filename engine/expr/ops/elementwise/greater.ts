import { defineOp } from '../../op.js';
import { pureIfSame, x, y } from '../shared.js';
import { below, compared } from './compare.js';

export const greater = defineOp({
  name: '>',
  doc: 'Whether x is more than y. Missing if either is.',
  formula: 'x > y',
  example: 'close > lag(high_96, 1)',
  args: [x, y],
  gives: 'boolean',
  unit: pureIfSame,
  elementWise: true,
  cases: [
    {
      call: 'x > y',
      rows: { x: [1, 2, 3, null, 1], y: [2, 2, 2, 2, null] },
      gives: [false, false, true, null, null],
    },
  ],
  run: (call) => compared(call, 1, 0, below),
});
