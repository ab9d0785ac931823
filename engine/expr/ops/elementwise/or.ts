import { either } from '../../kernels/kleene.js';
import { asFlags, flagSeries, input } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { flag, pure } from '../shared.js';

export const or = defineOp({
  name: 'or',
  doc: 'Whether either holds. True if either is true, else missing if either is missing.',
  formula: 'a ∨ b (Kleene)',
  source: 'Kleene (1952), Introduction to Metamathematics, §64',
  example: 'rv_z >= 2 or rv_z <= -2',
  args: [flag('a'), flag('b')],
  gives: 'boolean',
  unit: pure,
  elementWise: true,
  cases: [
    {
      call: 'a or b',
      rows: {
        a: [true, true, false, true, false, null],
        b: [true, false, false, null, null, null],
      },
      gives: [true, true, false, true, null, null],
    },
  ],
  run(call) {
    const out = call.memory.flags(call.rows);
    either(asFlags(input(call, 0).series), asFlags(input(call, 1).series), out);
    return flagSeries(out);
  },
});
