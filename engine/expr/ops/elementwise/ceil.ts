import { numberSeries } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { operand } from './operands.js';

export const ceil = defineOp({
  name: 'ceil',
  doc: 'The next whole number upwards, also of constants: `min=ceil(0.75 * 96)`. Missing where x is.',
  formula: '⌈x⌉',
  example: 'ceil(hour / 8)',
  args: [x],
  gives: 'number',
  unit: firstUnit,
  elementWise: true,

  cases: [
    { call: 'ceil(x)', rows: { x: [1.2, -1.2, 2, null] }, gives: [2, -1, 2, null] },
    {
      call: 'mean(x, 3, min=ceil(0.5 * 3))',
      rows: { x: [1, null, 2] },
      gives: [null, null, 1.5],
    },
  ],
  run(call) {
    const { a, mask, out } = operand(call);
    for (let i = 0; i < out.length; i += 1) {
      const v = a[i & mask] ?? Number.NaN;
      const r = Math.ceil(v);
      out[i] = r - r === 0 ? r : Number.NaN;
    }
    return numberSeries(out);
  },
});
