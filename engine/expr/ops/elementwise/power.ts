import { asNumbers, input, numberSeries } from '../../kernels/read.js';
import { power as raise } from '../../numeric.js';
import { defineOp } from '../../op.js';
import * as units from '../../unit.js';
import { x } from '../shared.js';

export const power = defineOp({
  name: '^',
  doc: 'Power with a constant exponent; missing where x is, and where the result is not a real number.',
  formula: 'x^p',
  example: 'logret_1 ^ 2',
  args: [x, { name: 'exponent', is: 'number' }],
  gives: 'number',
  unit: ([unit = units.PURE], c) => units.power(unit, c.number('exponent')),
  elementWise: true,
  holes: 'make',
  cases: [
    { call: 'x ^ 2', rows: { x: [3, -3, null, 1e200] }, gives: [9, 9, null, null] },
    { call: 'x ^ 0.5', rows: { x: [4, 0, -4] }, gives: [2, 0, null] },
    { call: 'x ^ -1', rows: { x: [4, 0] }, gives: [0.25, null] },
    { call: 'x ^ 0', rows: { x: [4, 0, null] }, gives: [1, 1, null] },
  ],
  run(call) {
    const { data, mask } = asNumbers(input(call, 0).series);
    const exponent = call.constants.number('exponent');
    const out = call.memory.numbers(call.rows);
    for (let i = 0; i < call.rows; i += 1) {
      const v = data[i & mask] ?? 0;
      const r = exponent === 2 ? v * v : raise(v, exponent);
      // The power 0 is 1 also of what is missing.
      out[i] = r - r === 0 && !Number.isNaN(v) ? r : Number.NaN;
    }
    return numberSeries(out);
  },
});
