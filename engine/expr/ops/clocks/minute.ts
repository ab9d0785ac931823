import { defineOp } from '../../op.js';
import { calendar, cycle, eachOpen, MINUTE, whole } from './calendar.js';

export const minute = defineOp({
  ...calendar,
  name: 'minute',
  doc: 'Minute of the hour, 0–59, UTC, of the open of the row. Never missing.',
  formula: '⌊open / 1 min⌋ mod 60',
  example: 'minute == 0',
  cases: [
    {
      call: 'minute',
      rows: { x: [null, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] },
      gives: [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 0],
    },
  ],
  run: (call) => eachOpen(call, (ms) => cycle(whole(ms, MINUTE), 60)),
});
