import { nextRow } from '../../kernels/visible.js';
import { defineOp } from '../../op.js';
import {
  filteredFacts,
  inMinutes,
  minutes,
  seenTimes,
  settledBar,
  table,
  tableOf,
  takenRows,
  where,
} from './table.js';

export const minutes_until = defineOp({
  name: 'minutes_until',
  doc: 'Minutes from the close of the bar to the nearest later stamp of a table that is visible by then, of rows where `where` holds: a schedule. Missing where there is none.',
  formula: 'min{stamp(j) > close(t) : visible(j) ≤ close(t)} − close(t)',
  example: "minutes_until(news, where=news.importance == 'high') <= 60",
  args: [table, where],
  gives: 'number',
  unit: inMinutes,
  crosses: true,
  holes: 'make',
  facts: filteredFacts,
  cases: [
    // The release of minute 20 is announced at 12; until then the next one known is that of 30.
    {
      call: 'minutes_until(news)',
      rows: { close: [0, 1, 2, 3, 4, 5] },
      tables: { news: { minute: [20, 30], seen: [12, 0], weight: [1, 2] } },
      gives: [25, 20, 5, 10, 5, null],
    },
    {
      call: 'minutes_until(news, where=news.weight > 1)',
      rows: { close: [0, 1, 2, 3, 4, 5] },
      tables: { news: { minute: [20, 30], seen: [12, 0], weight: [1, 2] } },
      gives: [25, 20, 15, 10, 5, null],
    },
  ],
  run(call) {
    const clock = tableOf(call);
    const times = seenTimes(call);
    const stamps = Float64Array.from(clock.ts);
    return minutes(call, nextRow(call.clock, stamps, times, takenRows(call)), 1);
  },
  settled: settledBar,
});
