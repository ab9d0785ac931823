import { defineOp } from '../../op.js';
import { sameUnit } from '../shared.js';
import { fold, several } from './fold.js';

export const min = defineOp({
  name: 'min',
  doc: 'The smallest argument in one row; missing if any is missing. Over a window it is `lowest`.',
  formula: 'min{a, b, …}',
  example: 'min(open, close) - low',
  args: several,
  gives: 'number',
  unit: sameUnit,
  elementWise: true,
  cases: [
    {
      call: 'min(a, b, 2)',
      rows: { a: [1, 5, null, 3], b: [3, 4, 9, null] },
      gives: [1, 2, null, null],
    },
  ],
  run: (call) =>
    fold(call, ({ data: a, mask: left }, { data: b, mask: right }, out) => {
      for (let i = 0; i < out.length; i += 1)
        out[i] = Math.min(a[i & left] ?? Number.NaN, b[i & right] ?? Number.NaN);
    }),
});
