import { numberSeries } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { sameUnit, x, y } from '../shared.js';
import { operands } from './operands.js';

export const add = defineOp({
  name: '+',
  doc: 'Sum of two values of one unit. Missing if either is, and on overflow.',
  formula: 'x + y',
  example: 'high_96 + low_96',
  args: [x, y],
  gives: 'number',
  unit: sameUnit,
  elementWise: true,
  cases: [
    { call: 'x + y', rows: { x: [1, null, 0.5], y: [2, 3, -0.5] }, gives: [3, null, 0] },
    { call: 'x + x', rows: { x: [1e308, -1e308, 2] }, gives: [null, null, 4] },
  ],
  run(call) {
    const { a, b, left, right, out } = operands(call);
    for (let i = 0; i < out.length; i += 1) {
      const r = (a[i & left] ?? 0) + (b[i & right] ?? 0);
      out[i] = r - r === 0 ? r : Number.NaN;
    }
    return numberSeries(out);
  },
});
