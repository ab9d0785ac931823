import { numberSeries } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import * as units from '../../unit.js';
import { x, y } from '../shared.js';
import { operands } from './operands.js';

export const multiply = defineOp({
  name: '*',
  doc: 'Product; units multiply. Missing if either side is, and on overflow.',
  formula: 'x · y',
  example: 'close * volume',
  args: [x, y],
  gives: 'number',
  unit: ([a = units.PURE, b = units.PURE]) => units.multiply(a, b),
  elementWise: true,
  cases: [
    { call: 'x * y', rows: { x: [2, null, -3], y: [4, 5, 0.5] }, gives: [8, null, -1.5] },
    { call: 'x * x', rows: { x: [1e200, 3] }, gives: [null, 9] },
  ],
  run(call) {
    const { a, b, left, right, out } = operands(call);
    for (let i = 0; i < out.length; i += 1) {
      const r = (a[i & left] ?? 0) * (b[i & right] ?? 0);
      out[i] = r - r === 0 ? r : Number.NaN;
    }
    return numberSeries(out);
  },
});
