import { flagSeries, flags } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { condition, pure } from '../shared.js';
import { firstTrue } from './first-true.js';

export const cooldown = defineOp({
  name: 'cooldown',
  doc: 'c, thinned: after a kept row the next n − 1 are false. Missing until n − 1 quiet rows have been seen, as what came before is unknown.',
  formula: 'cₜ ∧ t ≥ last kept row + n',
  example: 'cooldown(rises(rv_z >= 2), 6)',
  args: [condition, { name: 'n', is: 'rows', least: 1 }],
  gives: 'boolean',
  unit: pure,
  kind: 'resetting',
  reach: () => 0,
  warmup: (c) => c.number('n') - 1,
  holes: 'make',
  cases: [
    {
      call: 'cooldown(c, 3)',
      rows: { c: [false, false, true, true, false, true, true, null, true] },
      gives: [null, null, true, false, false, true, false, false, true],
    },
    // What came before row 0 may have been a firing: two quiet rows must pass.
    {
      call: 'cooldown(c, 3)',
      rows: { c: [true, false, null, false, false, true] },
      gives: [null, null, null, null, null, true],
    },
    { call: 'cooldown(c, 1)', rows: { c: [true, true, false] }, gives: [true, true, false] },
  ],
  run(call) {
    const c = flags(call, 0);
    const n = call.constants.number('n');
    const out = call.memory.flags(call.rows);
    const first = firstAfterQuiet(c, n, 0);
    out.fill(255, 0, first).set(c.subarray(first), first);
    for (let kept = firstTrue(c, first); kept < call.rows; kept = firstTrue(c, kept + n))
      out.fill(0, kept + 1, kept + n);
    return flagSeries(out);
  },
  settled(call, settled) {
    return firstAfterQuiet(flags(call, 0), call.constants.number('n'), settled);
  },
});

/** The first row that follows n − 1 rows known to be false. */
function firstAfterQuiet(c: Readonly<Uint8Array>, n: number, from: number): number {
  let quiet = 0;
  for (let i = from; i < c.length; i += 1) {
    if (quiet >= n - 1) return i;
    quiet = c[i] === 0 ? quiet + 1 : 0;
  }
  return c.length;
}
