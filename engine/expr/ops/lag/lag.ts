import { joinFacts, shiftAhead } from '../../facts.js';
import { input } from '../../kernels/read.js';
import { shift } from '../../kernels/take.js';
import { defineOp } from '../../op.js';
import { anyX, firstUnit } from '../shared.js';

/** It also pays for delay. */
export const lag = defineOp({
  name: 'lag',
  doc: 'The value k rows back; missing in the first k rows. A constant is itself. Each row pays for one spacing of delay.',
  formula: 'x[t − k]',
  example: 'lag(high_96, 1)',
  args: [anyX, { name: 'k', is: 'rows', default: 1, least: 0 }],
  gives: ([type]) => type,
  unit: firstUnit,
  reach: (c) => c.number('k'),
  facts(joined, { constants, args, clock }) {
    const k = constants.number('k');
    const spacing = joined.clock === undefined ? undefined : clock(joined.clock).spacing;
    const delay = joined.delay - k * (spacing ?? 0);
    return { ...joined, delay, ahead: shiftAhead(joinFacts(args).ahead, -k) };
  },
  cases: [
    { call: 'lag(x, 2)', rows: { x: [1, 2, null, 4, 5] }, gives: [null, null, 1, 2, null] },
    { call: 'lag(x)', rows: { x: [1, 2] }, gives: [null, 1] },
    { call: 'lag(x, 0)', rows: { x: [1, null] }, gives: [1, null] },
    { call: 'x + lag(7, 1)', rows: { x: [1, 2] }, gives: [8, 9] },
    { call: 'lag(name, 1)', rows: { name: ['a', 'b', null] }, gives: [null, 'a', 'b'] },
  ],
  run: (call) => shift(input(call, 0).series, call.constants.number('k'), call.rows, call.memory),
});
