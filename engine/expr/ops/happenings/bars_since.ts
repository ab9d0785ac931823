import { flags, numberSeries } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { condition, pure } from '../shared.js';
import { firstTrue } from './first-true.js';

export const bars_since = defineOp({
  name: 'bars_since',
  doc: 'Rows since c was last true, 0 on it; missing before the first and beyond at_most. A missing c counts as not true.',
  formula: 't − max{i ≤ t : cᵢ}',
  example: 'bars_since(VOL_SHOCK) <= 96',
  args: [condition, { name: 'at_most', is: 'rows', least: 0, optional: true }],
  gives: 'number',
  unit: pure,
  holes: 'make',
  fills: true,
  burnsIn: (c) => !c.has('at_most'),
  reach: (c) => (c.has('at_most') ? c.number('at_most') : 0),
  warmup: () => 0,
  kind: (c) => (c.has('at_most') ? 'finite' : 'resetting'),
  cases: [
    {
      call: 'bars_since(c, at_most=2)',
      rows: { c: [false, false, false, true, false, null, false, true] },
      gives: [null, null, null, 0, 1, 2, null, 0],
    },
    {
      call: 'bars_since(c)',
      rows: { c: [null, true, false, null, false, true] },
      gives: [null, 0, 1, 2, 3, 0],
    },
  ],
  run(call) {
    const c = flags(call, 0);
    const most = call.constants.has('at_most') ? call.constants.number('at_most') : call.rows;
    const out = call.memory.numbers(call.rows);
    let last = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < call.rows; i += 1) {
      if (c[i] === 1) last = i;
      out[i] = i - last <= most ? i - last : Number.NaN;
    }
    return numberSeries(out);
  },
  settled(call, settled) {
    if (call.constants.has('at_most')) return settled + call.constants.number('at_most');
    return firstTrue(flags(call, 0), settled);
  },
});
