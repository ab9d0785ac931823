import { defineOp } from '../../op.js';
import { calendar, cycle, eachOpen, HOUR, whole } from './calendar.js';

export const hour = defineOp({
  ...calendar,
  name: 'hour',
  doc: 'Hour of the day, 0–23, UTC, of the open of the row. Never missing.',
  formula: '⌊open / 1 h⌋ mod 24',
  example: 'hour in [0, 8, 16]',
  cases: [
    {
      call: 'hour',
      rows: { x: [null, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] },
      gives: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    },
  ],
  run: (call) => eachOpen(call, (ms) => cycle(whole(ms, HOUR), 24)),
});
