import { numberSeries } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { operand } from './operands.js';

export const abs = defineOp({
  name: 'abs',
  doc: 'Size without sign. Missing where x is.',
  formula: '|x|',
  example: 'abs(ret_1)',
  args: [x],
  gives: 'number',
  unit: firstUnit,
  elementWise: true,

  cases: [{ call: 'abs(x)', rows: { x: [-2, 3, 0, null] }, gives: [2, 3, 0, null] }],
  run(call) {
    const { a, mask, out } = operand(call);
    for (let i = 0; i < out.length; i += 1) {
      const v = a[i & mask] ?? Number.NaN;
      const r = Math.abs(v);
      out[i] = r - r === 0 ? r : Number.NaN;
    }
    return numberSeries(out);
  },
});
