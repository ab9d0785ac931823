import { defineOp } from '../../op.js';
import { PURE, power } from '../../unit.js';
import { x } from '../shared.js';
import { each } from './each.js';

export const sqrt = defineOp({
  name: 'sqrt',
  doc: 'Square root; missing where x is, and below 0.',
  formula: '√x',
  example: 'sqrt(mean(logret_1 ^ 2, 12))',
  args: [x],
  gives: 'number',
  unit: ([unit = PURE]) => power(unit, 0.5) ?? PURE,
  elementWise: true,
  holes: 'make',
  cases: [{ call: 'sqrt(x)', rows: { x: [9, 0, -1, null] }, gives: [3, 0, null, null] }],
  run: (call) => each(call, Math.sqrt),
});
