import { newestRow } from '../../kernels/visible.js';
import { defineOp } from '../../op.js';
import {
  backFacts,
  inMinutes,
  minutes,
  seenTimes,
  settledBar,
  table,
  tableOf,
  takenRows,
  where,
} from './table.js';

export const minutes_since = defineOp({
  name: 'minutes_since',
  doc: 'Minutes from the close of the bar back to the newest visible stamp of a table at or before it, of rows where `where` holds; missing before the first.',
  formula: 'close(t) − max{stamp(j) ≤ close(t) : visible(j) ≤ close(t)}',
  example: 'minutes_since(funding) <= 30',
  args: [table, where],
  gives: 'number',
  unit: inMinutes,
  crosses: true,
  holes: 'make',
  facts: (joined, context) => backFacts(joined, context, 1),
  cases: [
    // Prints at minutes 10 and 25; bars close at 5, 10, 15, …
    {
      call: 'minutes_since(funding)',
      rows: { close: [1, 2, null, 4, 5, 6] },
      tables: { funding: { minute: [10, 25], rate: [1, 3] } },
      gives: [null, 0, 5, 10, 0, 5],
    },
    {
      call: 'minutes_since(funding, where=funding.rate < 2)',
      rows: { close: [1, 2, 3, 4, 5, 6] },
      tables: { funding: { minute: [10, 25], rate: [1, 3] } },
      gives: [null, 0, 5, 10, 15, 20],
    },
  ],
  run(call) {
    const clock = tableOf(call);
    const times = seenTimes(call);
    for (let row = 0; row < times.length; row += 1)
      times[row] = Math.max(times[row] ?? 0, clock.ts[row] ?? 0);
    return minutes(call, newestRow(call.clock, times, takenRows(call)), -1);
  },
  settled: settledBar,
});
