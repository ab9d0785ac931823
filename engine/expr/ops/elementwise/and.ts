import { both } from '../../kernels/kleene.js';
import { asFlags, flagSeries, input } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { flag, pure } from '../shared.js';

export const and = defineOp({
  name: 'and',
  doc: 'Whether both hold. False if either is false, else missing if either is missing.',
  formula: 'a ∧ b (Kleene)',
  source: 'Kleene (1952), Introduction to Metamathematics, §64',
  example: 'rv_z >= 2 and ret_1 > 0',
  args: [flag('a'), flag('b')],
  gives: 'boolean',
  unit: pure,
  elementWise: true,
  cases: [
    {
      call: 'a and b',
      rows: {
        a: [true, true, false, true, false, null],
        b: [true, false, false, null, null, null],
      },
      gives: [true, false, false, null, false, null],
    },
  ],
  run(call) {
    const out = call.memory.flags(call.rows);
    both(asFlags(input(call, 0).series), asFlags(input(call, 1).series), out);
    return flagSeries(out);
  },
});
