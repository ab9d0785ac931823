import { asFlags, input } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { any, condition, sameUnit } from '../shared.js';
import { NONE, pickFrom } from './pick.js';

/** Choice between two values: `if` is a keyword here. */
export const choose = defineOp({
  name: 'if',
  doc: 'a where c holds, else b. Missing where c is; the branch not taken may be missing.',
  formula: 'a if c, else b',
  example: 'if(ret_1 > 0, 1, if(ret_1 < 0, -1, 0))',
  args: [condition, any('a'), any('b')],
  gives: ([, a, b]) => (a === b ? a : undefined),
  unit: ([, a, b]) => sameUnit([a, b].filter((u) => u !== undefined)),
  elementWise: true,
  cases: [
    {
      call: 'if(c, a, b)',
      rows: { c: [true, false, true, null], a: [1, null, null, 1], b: [null, 2, 2, 2] },
      gives: [1, 2, null, null],
    },
    { call: "if(c, 'up', 'down')", rows: { c: [true, false, null] }, gives: ['up', 'down', null] },
  ],
  run(call) {
    const c = asFlags(input(call, 0).series);
    const a = input(call, 1).series;
    const b = input(call, 2).series;
    const pick = new Uint8Array(call.rows);
    for (let i = 0; i < call.rows; i += 1) {
      const v = c.data[i & c.mask];
      pick[i] = v === 1 ? 0 : v === 0 ? 1 : NONE;
    }
    return pickFrom(call, [a, b], pick);
  },
});
