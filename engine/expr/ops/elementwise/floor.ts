import { numberSeries } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { operand } from './operands.js';

export const floor = defineOp({
  name: 'floor',
  doc: 'The next whole number downwards. Missing where x is.',
  formula: '⌊x⌋',
  example: 'floor(minute / 15)',
  args: [x],
  gives: 'number',
  unit: firstUnit,
  elementWise: true,

  cases: [{ call: 'floor(x)', rows: { x: [1.2, -1.2, 2, null] }, gives: [1, -2, 2, null] }],
  run(call) {
    const { a, mask, out } = operand(call);
    for (let i = 0; i < out.length; i += 1) {
      const v = a[i & mask] ?? Number.NaN;
      const r = Math.floor(v);
      out[i] = r - r === 0 ? r : Number.NaN;
    }
    return numberSeries(out);
  },
});
