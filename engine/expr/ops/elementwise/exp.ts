import * as numeric from '../../numeric.js';
import { defineOp } from '../../op.js';
import { pureOnly, x } from '../shared.js';
import { each } from './each.js';

export const exp = defineOp({
  name: 'exp',
  doc: 'e to the power x. Missing where x is, and on overflow.',
  formula: 'eˣ',
  example: 'exp(sum(logret_1, 12)) - 1',
  args: [x],
  gives: 'number',
  unit: pureOnly,
  elementWise: true,
  holes: 'make',
  cases: [
    {
      call: 'exp(x)',
      rows: { x: [0, 2, -2, 710, null] },
      gives: [1, 7.38905609893065, 0.1353352832366127, null, null],
    },
  ],
  run: (call) => each(call, numeric.exp),
});
