import { numberSeries } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { sameUnit, x, y } from '../shared.js';
import { operands } from './operands.js';

export const subtract = defineOp({
  name: '-',
  doc: 'Difference of two values of one unit. Missing if either is, and on overflow.',
  formula: 'x − y',
  example: 'high - low',
  args: [x, y],
  gives: 'number',
  unit: sameUnit,
  elementWise: true,
  cases: [
    { call: 'x - y', rows: { x: [3, 1, null], y: [1, 3, 2] }, gives: [2, -2, null] },
    { call: 'x - y', rows: { x: [1e308, 1], y: [-1e308, 1] }, gives: [null, 0] },
  ],
  run(call) {
    const { a, b, left, right, out } = operands(call);
    for (let i = 0; i < out.length; i += 1) {
      const r = (a[i & left] ?? 0) - (b[i & right] ?? 0);
      out[i] = r - r === 0 ? r : Number.NaN;
    }
    return numberSeries(out);
  },
});
