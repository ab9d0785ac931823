import * as numeric from '../../numeric.js';
import { defineOp } from '../../op.js';
import { pure, x } from '../shared.js';
import { each } from './each.js';

export const log = defineOp({
  name: 'log',
  doc: 'Natural logarithm; missing where x is, and at 0 and below.',
  formula: 'ln x',
  example: 'log(close / lag(close, 1))',
  args: [x],
  gives: 'number',
  unit: pure,
  elementWise: true,
  holes: 'make',
  cases: [
    {
      call: 'log(x)',
      rows: { x: [1, 5, 0, -1, null] },
      gives: [0, 1.6094379124341003, null, null, null],
    },
  ],
  run: (call) => each(call, (v) => (v > 0 ? numeric.log(v) : Number.NaN)),
});
