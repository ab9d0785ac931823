import { defineOp } from '../../op.js';
import { calendar, cycle, eachOpen, HOUR, sinceMonday, whole } from './calendar.js';

export const hour_of_week = defineOp({
  ...calendar,
  name: 'hour_of_week',
  doc: 'Hour of the week, 0–167 from Monday 00, UTC, of the open of the row. Never missing.',
  formula: '24 (weekday − 1) + hour',
  example: 'hour_of_week < 24',
  cases: [
    // Friday, 00:00 to 01:00.
    {
      call: 'hour_of_week',
      rows: { x: [null, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] },
      gives: [96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 97],
    },
  ],
  run: (call) => eachOpen(call, (ms) => sinceMonday(ms) * 24 + cycle(whole(ms, HOUR), 24)),
});
