import { flagSeries } from '../../kernels/read.js';
import { countVisible, visibleTimes } from '../../kernels/visible.js';
import { defineOp } from '../../op.js';
import { pure } from '../shared.js';
import { backFacts, table, tableOf } from './table.js';

export const arrives = defineOp({
  name: 'arrives',
  doc: 'True on the first bar at whose close a new row of a table is visible; false on the first bar loaded.',
  formula: '#{j : visible(j) ≤ close(t)} > #{j : visible(j) ≤ close(t − 1)}',
  example: 'arrives(funding) and asof(funding.rate > 0)',
  args: [table],
  gives: 'boolean',
  unit: pure,
  crosses: true,
  holes: 'never',
  facts: (joined, context) => backFacts(joined, context, 0),
  cases: [
    // Prints at minutes 10 and 25; bars close at 5, 10, 15, …
    {
      call: 'arrives(funding)',
      rows: { close: [1, 2, null, 4, 5, 6] },
      tables: { funding: { minute: [10, 25], rate: [1, 3] } },
      gives: [false, true, false, false, true, false],
    },
    // What was there before the first bar does not arrive in it.
    {
      call: 'arrives(funding)',
      rows: { close: [1, 2, 3] },
      tables: { funding: { minute: [-60, 11], rate: [1, 3] } },
      gives: [false, false, true],
    },
  ],
  run(call) {
    const clock = tableOf(call);
    const counts = countVisible(call.clock, visibleTimes(clock, clock.delay));
    const out = call.memory.flags(call.rows);
    for (let i = 0; i < call.rows; i += 1)
      out[i] = i > 0 && (counts[i] ?? 0) > (counts[i - 1] ?? 0) ? 1 : 0;
    return flagSeries(out);
  },
});
