import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { each } from './each.js';

export const abs = defineOp({
  name: 'abs',
  doc: 'Size without sign. Missing where x is.',
  formula: '|x|',
  example: 'abs(ret_1)',
  args: [x],
  gives: 'number',
  unit: firstUnit,
  elementWise: true,

  cases: [{ call: 'abs(x)', rows: { x: [-2, 3, 0, null] }, gives: [2, 3, 0, null] }],
  run: (call) => each(call, Math.abs),
});
