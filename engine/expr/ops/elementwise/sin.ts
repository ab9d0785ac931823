import * as numeric from '../../numeric.js';
import { defineOp } from '../../op.js';
import { pureOnly, x } from '../shared.js';
import { each } from './each.js';

export const sin = defineOp({
  name: 'sin',
  doc: 'Sine of an angle in radians. Missing where x is.',
  formula: 'sin x',
  example: 'sin(6.283185307179586 * hour / 24)',
  args: [x],
  gives: 'number',
  unit: pureOnly,
  elementWise: true,

  cases: [{ call: 'sin(x)', rows: { x: [0, 1.5707963267948966, null] }, gives: [0, 1, null] }],
  run: (call) => each(call, numeric.sin),
});
