import { defineOp } from '../../op.js';
import { sameUnit } from '../shared.js';
import { fold, several } from './fold.js';

export const max = defineOp({
  name: 'max',
  doc: 'The largest argument in one row; missing if any is missing. Over a window it is `highest`.',
  formula: 'max{a, b, …}',
  example: 'max(2, past_quantile(rv_z, 0.97))',
  args: several,
  gives: 'number',
  unit: sameUnit,
  elementWise: true,
  cases: [
    {
      call: 'max(a, b, 2)',
      rows: { a: [1, 5, null, 3], b: [3, 4, 9, null] },
      gives: [3, 5, null, null],
    },
  ],
  run: (call) =>
    fold(call, ({ data: a, mask: left }, { data: b, mask: right }, out) => {
      for (let i = 0; i < out.length; i += 1)
        out[i] = Math.max(a[i & left] ?? Number.NaN, b[i & right] ?? Number.NaN);
    }),
});
