import { numberSeries } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { PURE, power } from '../../unit.js';
import { x } from '../shared.js';
import { operand } from './operands.js';

export const sqrt = defineOp({
  name: 'sqrt',
  doc: 'Square root; missing where x is, and below 0.',
  formula: '√x',
  example: 'sqrt(mean(logret_1 ^ 2, 12))',
  args: [x],
  gives: 'number',
  unit: ([unit = PURE]) => power(unit, 0.5) ?? PURE,
  elementWise: true,
  holes: 'make',
  cases: [{ call: 'sqrt(x)', rows: { x: [9, 0, -1, null] }, gives: [3, 0, null, null] }],
  run(call) {
    const { a, mask, out } = operand(call);
    for (let i = 0; i < out.length; i += 1) {
      const v = a[i & mask] ?? Number.NaN;
      const r = Math.sqrt(v);
      out[i] = r - r === 0 ? r : Number.NaN;
    }
    return numberSeries(out);
  },
});
