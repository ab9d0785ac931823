import { asFlags, flagSeries, flags, slot, spreadFlags } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { flag, pure } from '../shared.js';

/** The first b after a. An export called `then` would make the module itself look like a promise. */
export const followed = defineOp({
  name: 'then',
  doc: 'True at the first b within so many rows after the latest a, with no `unless` since. At one row: unless, then b, then a. Missing counts as not true.',
  formula:
    'bₜ, and aᵢ for some i in [t − within, t − 1], with no b and no unless after the latest such i up to t − 1, nor unless at t',
  example: 'then(rv_z >= 2, rv_z <= 0.5, 96)',
  args: [
    flag('a'),
    flag('b'),
    { name: 'within', is: 'rows', least: 1 },
    { ...flag('unless'), optional: true },
  ],
  gives: 'boolean',
  unit: pure,
  holes: 'never',
  fills: true,
  reach: (c) => c.number('within'),
  warmup: () => 0,
  cases: [
    {
      call: 'then(a, b, 2)',
      rows: {
        a: [true, false, false, true, false, false, null, true, false],
        b: [false, false, true, true, null, false, true, true, true],
      },
      gives: [false, false, true, false, false, false, false, false, true],
    },
    {
      call: 'then(a, b, 5, unless=c)',
      rows: {
        a: [true, false, false, true, false, true, false],
        b: [false, false, true, false, true, false, true],
        c: [false, true, false, false, true, true, false],
      },
      gives: [false, false, false, false, false, false, true],
    },
  ],
  run(call) {
    const a = flags(call, 0);
    const b = flags(call, 1);
    const guard = slot(call, 'unless');
    const unless = guard === undefined ? undefined : spreadFlags(asFlags(guard.series), call.rows);
    const within = call.constants.number('within');
    const out = call.memory.flags(call.rows);
    let armed = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < call.rows; i += 1) {
      if (unless?.[i] === 1) armed = Number.NEGATIVE_INFINITY;
      const fires = b[i] === 1 && i - armed <= within;
      if (b[i] === 1) armed = Number.NEGATIVE_INFINITY;
      if (a[i] === 1) armed = i;
      out[i] = fires ? 1 : 0;
    }
    return flagSeries(out);
  },
});
