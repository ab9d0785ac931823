import { numberSeries } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import * as units from '../../unit.js';
import { x, y } from '../shared.js';
import { operands } from './operands.js';

export const divide = defineOp({
  name: '/',
  doc: 'Quotient; units divide. Missing if either side is, where y is 0, and on overflow.',
  formula: 'x / y',
  example: 'close / lag(close, 1)',
  args: [x, y],
  gives: 'number',
  unit: ([a = units.PURE, b = units.PURE]) => units.divide(a, b),
  elementWise: true,
  holes: 'make',
  constantRule: ([, y]) => (y === 0 ? 'division by 0 is missing in every row' : undefined),
  cases: [
    {
      call: 'x / y',
      rows: { x: [1, 3, null, 6], y: [4, 2, 1, null] },
      gives: [0.25, 1.5, null, null],
    },
    { call: 'x / y', rows: { x: [1, 0, -1], y: [0, 0, 0] }, gives: [null, null, null] },
    { call: 'x / y', rows: { x: [1e308, 0], y: [0.1, 5] }, gives: [null, 0] },
  ],
  run(call) {
    const { a, b, left, right, out } = operands(call);
    for (let i = 0; i < out.length; i += 1) {
      const r = (a[i & left] ?? 0) / (b[i & right] ?? 0);
      out[i] = r - r === 0 ? r : Number.NaN;
    }
    return numberSeries(out);
  },
});
