import { numberSeries } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { pure, x } from '../shared.js';
import { operand } from './operands.js';

export const sign = defineOp({
  name: 'sign',
  doc: '1 above zero, −1 below, 0 at it. Missing where x is.',
  formula: 'sgn x',
  example: 'sign(ret_12)',
  args: [x],
  gives: 'number',
  unit: pure,
  elementWise: true,

  cases: [{ call: 'sign(x)', rows: { x: [-2, 3, 0, null] }, gives: [-1, 1, 0, null] }],
  run(call) {
    const { a, mask, out } = operand(call);
    for (let i = 0; i < out.length; i += 1) {
      const v = a[i & mask] ?? Number.NaN;
      out[i] = Number.isNaN(v) ? Number.NaN : Number(v > 0) - Number(v < 0);
    }
    return numberSeries(out);
  },
});
