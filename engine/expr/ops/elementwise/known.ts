import { flagSeries, input } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { anyX, pure } from '../shared.js';
import { knownAt } from './pick.js';

export const known = defineOp({
  name: 'known',
  doc: 'Whether the value is there. Never missing.',
  formula: 'x is not missing',
  example: 'mean(if(known(close), 0, 1), 288)',
  args: [anyX],
  gives: 'boolean',
  unit: pure,
  elementWise: true,
  holes: 'never',
  fills: true,
  cases: [
    { call: 'known(x)', rows: { x: [1, null, 0] }, gives: [true, false, true] },
    { call: 'known(name)', rows: { name: [null, 'up'] }, gives: [false, true] },
  ],
  run(call) {
    const { series } = input(call, 0);
    const out = call.memory.flags(call.rows);
    for (let i = 0; i < call.rows; i += 1) out[i] = knownAt(series, i) ? 1 : 0;
    return flagSeries(out);
  },
});
