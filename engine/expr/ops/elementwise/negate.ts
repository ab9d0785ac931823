import { asNumbers, input, numberSeries } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';

/** Change of sign; its name sets it apart from the difference. */
export const negate = defineOp({
  name: 'negate',
  doc: 'The value with the other sign, written `-x`. Missing where x is.',
  formula: '−x',
  example: '-ret_1',
  args: [x],
  gives: 'number',
  unit: firstUnit,
  elementWise: true,
  cases: [
    { call: '-x', rows: { x: [1, -2, null, 0] }, gives: [-1, 2, null, 0] },
    { call: '-x ^ 2', rows: { x: [3] }, gives: [-9] },
  ],
  run(call) {
    const { data, mask } = asNumbers(input(call, 0).series);
    const out = call.memory.numbers(call.rows);
    for (let i = 0; i < out.length; i += 1) out[i] = -(data[i & mask] ?? 0);
    return numberSeries(out);
  },
});
