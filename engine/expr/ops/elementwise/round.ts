import { numberSeries } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { operand } from './operands.js';

export const round = defineOp({
  name: 'round',
  doc: 'The nearest whole number; halves go up. Missing where x is.',
  formula: '⌊x + ½⌋',
  example: 'round(100 * rank(ret_1, 96))',
  args: [x],
  gives: 'number',
  unit: firstUnit,
  elementWise: true,

  cases: [{ call: 'round(x)', rows: { x: [1.4, 1.5, -1.5, null] }, gives: [1, 2, -1, null] }],
  run(call) {
    const { a, mask, out } = operand(call);
    for (let i = 0; i < out.length; i += 1) {
      const v = a[i & mask] ?? Number.NaN;
      const r = Math.round(v);
      out[i] = r - r === 0 ? r : Number.NaN;
    }
    return numberSeries(out);
  },
});
