import { input } from './kernels/read.js';
import { takeRows } from './kernels/take.js';
import { defineOp } from './op.js';
import { firstUnit } from './ops/shared.js';

/** A series sorted into groups of rows. Nobody writes it: it is what `by` makes of the series that its expression reads. */
export const gather = defineOp({
  name: 'gather',
  doc: 'A series sorted into groups of rows.',
  formula: 'x[rows]',
  example: 'by(hour, mean(volume, 5))',
  cases: [],
  args: [
    { name: 'x', is: 'series', type: 'any' },
    { name: 'key', is: 'series', type: 'any' },
  ],
  gives: ([type]) => type,
  unit: firstUnit,
  crosses: true,
  run(call) {
    const { groups } = call.clock;
    if (groups === undefined) throw new Error('There are no groups to gather into.');
    return takeRows(input(call, 0).series, groups.rows, call.memory);
  },
});
