import { asFlags, flagSeries, input } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { condition, pure } from '../shared.js';

export const not = defineOp({
  name: 'not',
  doc: 'The opposite. Missing stays missing.',
  formula: '¬c (Kleene)',
  source: 'Kleene (1952), Introduction to Metamathematics, §64',
  example: 'not VOL_SHOCK',
  args: [condition],
  gives: 'boolean',
  unit: pure,
  elementWise: true,
  cases: [{ call: 'not c', rows: { c: [true, false, null] }, gives: [false, true, null] }],
  run(call) {
    const { data, mask } = asFlags(input(call, 0).series);
    const out = call.memory.flags(call.rows);
    for (let i = 0; i < out.length; i += 1) {
      const u = data[i & mask];
      out[i] = u === 255 ? 255 : u === 1 ? 0 : 1;
    }
    return flagSeries(out);
  },
});
