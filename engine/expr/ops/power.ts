import { asNumbers, input, numberSeries } from '../kernels/read.js';
import { power as raise } from '../numeric.js';
import { defineOp } from '../op.js';
import * as units from '../unit.js';
import { x } from './shared.js';

/** `x ^ exponent` with a constant exponent. */
export const power = defineOp({
  name: '^',
  doc: 'Power with a constant exponent; missing where the result is not a real number.',
  example: 'logret_1 ^ 2',
  args: [x, { name: 'exponent', is: 'number' }],
  gives: 'number',
  unit: ([unit = units.PURE], c) => units.power(unit, c.number('exponent')),
  elementWise: true,
  holes: 'make',
  run(call) {
    const { data, mask } = asNumbers(input(call, 0).series);
    const exponent = call.constants.number('exponent');
    const out = call.memory.numbers(call.rows);
    for (let i = 0; i < call.rows; i += 1) {
      const v = data[i & mask] ?? 0;
      const r = exponent === 2 ? v * v : raise(v, exponent);
      out[i] = r - r === 0 ? r : Number.NaN;
    }
    return numberSeries(out);
  },
});
