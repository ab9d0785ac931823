import { opposite } from '../../kernels/kleene.js';
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
    const out = call.memory.flags(call.rows);
    opposite(asFlags(input(call, 0).series), out);
    return flagSeries(out);
  },
});
