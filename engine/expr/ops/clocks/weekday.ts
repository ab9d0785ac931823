import { defineOp } from '../../op.js';
import { calendar, eachOpen, sinceMonday } from './calendar.js';

export const weekday = defineOp({
  ...calendar,
  name: 'weekday',
  doc: 'Day of the week, 1 = Monday, UTC, of the open of the row. Never missing.',
  formula: '⌊open / 1 d⌋ since a Monday, mod 7, + 1',
  example: 'weekday <= 5',
  cases: [
    // 2024-03-01 was a Friday.
    { call: 'weekday', rows: { x: [null, 1] }, gives: [5, 5] },
  ],
  run: (call) => eachOpen(call, (ms) => sinceMonday(ms) + 1),
});
