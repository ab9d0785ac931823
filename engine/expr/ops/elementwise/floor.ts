import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { each } from './each.js';

export const floor = defineOp({
  name: 'floor',
  doc: 'The next whole number downwards. Missing where x is.',
  formula: '⌊x⌋',
  example: 'floor(minute / 15)',
  args: [x],
  gives: 'number',
  unit: firstUnit,
  elementWise: true,

  cases: [{ call: 'floor(x)', rows: { x: [1.2, -1.2, 2, null] }, gives: [1, -2, 2, null] }],
  run: (call) => each(call, Math.floor),
});
