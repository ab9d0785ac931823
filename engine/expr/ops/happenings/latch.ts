import { flagSeries, flags } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { flag, pure } from '../shared.js';
import { firstTrue } from './first-true.js';

export const latch = defineOp({
  name: 'latch',
  doc: 'True from `on`, false from `off`, else as before; `on` wins. Missing until the first of either, and where both inputs are missing.',
  formula: 'sₜ = true if on; else false if off; else sₜ₋₁',
  source: 'Schmitt (1938), A thermionic trigger, Journal of Scientific Instruments 15(1)',
  example: 'latch(er_96 >= 0.30, er_96 <= 0.15)',
  args: [flag('on'), flag('off')],
  gives: 'boolean',
  unit: pure,
  kind: 'resetting',
  holes: 'make',
  fills: true,
  burnsIn: true,
  cases: [
    {
      call: 'latch(on, off)',
      rows: {
        on: [false, true, false, false, null, null, true],
        off: [false, false, false, true, null, false, true],
      },
      gives: [null, true, true, false, null, false, true],
    },
  ],
  run(call) {
    const on = flags(call, 0);
    const off = flags(call, 1);
    const out = call.memory.flags(call.rows);
    let state = 255;
    for (let i = 0; i < call.rows; i += 1) {
      if (on[i] === 1) state = 1;
      else if (off[i] === 1) state = 0;
      out[i] = on[i] === 255 && off[i] === 255 ? 255 : state;
    }
    return flagSeries(out);
  },
  settled(call, settled) {
    return Math.min(firstTrue(flags(call, 0), settled), firstTrue(flags(call, 1), settled));
  },
});
