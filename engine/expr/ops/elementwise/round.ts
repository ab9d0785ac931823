import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { each } from './each.js';

export const round = defineOp({
  name: 'round',
  doc: 'The nearest whole number; halves go up. Missing where x is.',
  formula: '⌊x + ½⌋',
  example: 'round(100 * rank(ret_1, 96))',
  args: [x],
  gives: 'number',
  unit: firstUnit,
  elementWise: true,

  cases: [{ call: 'round(x)', rows: { x: [1.4, 1.5, -1.5, null] }, gives: [1, 2, -1, null] }],
  run: (call) => each(call, Math.round),
});
