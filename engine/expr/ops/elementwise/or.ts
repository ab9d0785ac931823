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
    const { data: p, mask: left } = asFlags(input(call, 0).series);
    const { data: q, mask: right } = asFlags(input(call, 1).series);
    const out = call.memory.flags(call.rows);
    for (let i = 0; i < out.length; i += 1) {
      const u = p[i & left];
      const v = q[i & right];
      out[i] = u === 1 || v === 1 ? 1 : u === 255 || v === 255 ? 255 : 0;
    }
    return flagSeries(out);
  },
});
