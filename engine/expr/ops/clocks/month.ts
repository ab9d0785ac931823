import { defineOp } from '../../op.js';
import { calendar, eachOpen } from './calendar.js';
import { civil } from './civil.js';

export const month = defineOp({
  ...calendar,
  name: 'month',
  doc: 'Month of the year, 1–12, UTC, of the open of the row. Never missing.',
  formula: 'Gregorian calendar',
  example: 'month == 12',
  cases: [{ call: 'month', rows: { x: [null, 1] }, gives: [3, 3] }],
  run: (call) => eachOpen(call, (ms) => civil(ms).month),
});
