import { defineOp } from '../../op.js';
import { calendar, eachOpen } from './calendar.js';
import { civil } from './civil.js';

export const day = defineOp({
  ...calendar,
  name: 'day',
  doc: 'Day of the month, 1–31, UTC, of the open of the row. Never missing.',
  formula: 'Gregorian calendar',
  example: 'day == 1',
  cases: [{ call: 'day', rows: { x: [null, 1] }, gives: [1, 1] }],
  run: (call) => eachOpen(call, (ms) => civil(ms).day),
});
