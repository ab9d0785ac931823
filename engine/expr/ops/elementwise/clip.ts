import { asNumbers, input, numberSeries } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { number, sameUnit, x } from '../shared.js';

export const clip = defineOp({
  name: 'clip',
  doc: 'x, but never beyond low or high. Missing where any is, and where low is above high.',
  formula: 'min(max(x, low), high)',
  example: 'clip(ret_12 / rv_96, -3, 3)',
  args: [x, number('low'), number('high')],
  gives: 'number',
  unit: sameUnit,
  elementWise: true,
  holes: 'make',
  constantRule: ([, low, high]) =>
    typeof low === 'number' && typeof high === 'number' && low > high
      ? `low is ${low} and lies above high, which is ${high}`
      : undefined,
  cases: [
    { call: 'clip(x, -1, 2)', rows: { x: [-5, 0, 7, null] }, gives: [-1, 0, 2, null] },
    {
      call: 'clip(x, low, high)',
      rows: { x: [5, 5, 5], low: [1, 3, null], high: [4, 2, 9] },
      gives: [4, null, null],
    },
  ],
  run(call) {
    const v = asNumbers(input(call, 0).series);
    const low = asNumbers(input(call, 1).series);
    const high = asNumbers(input(call, 2).series);
    const out = call.memory.numbers(call.rows);
    for (let i = 0; i < call.rows; i += 1) {
      const value = v.data[i & v.mask] ?? Number.NaN;
      const bottom = low.data[i & low.mask] ?? Number.NaN;
      const top = high.data[i & high.mask] ?? Number.NaN;
      if (!(bottom <= top) || Number.isNaN(value)) out[i] = Number.NaN;
      else out[i] = Math.min(Math.max(value, bottom), top);
    }
    return numberSeries(out);
  },
});
