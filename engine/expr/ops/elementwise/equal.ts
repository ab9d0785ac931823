import { flagSeries } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { anyX, anyY, pureIfSame } from '../shared.js';
import { same } from './same.js';

export const equal = defineOp({
  name: '==',
  doc: 'Whether two numbers, flags or texts are equal. Missing if either is.',
  formula: 'x = y',
  example: "symbol == 'BTCUSDT'",
  args: [anyX, anyY],
  gives: ([a, b]) => (a === b ? 'boolean' : undefined),
  unit: pureIfSame,
  elementWise: true,
  cases: [
    {
      call: 'x == y',
      rows: { x: [1, 2, null, 3], y: [1, 3, 1, null] },
      gives: [true, false, null, null],
    },
    { call: "name == 'up'", rows: { name: ['up', 'down', null] }, gives: [true, false, null] },
    { call: 'c == false', rows: { c: [true, false, null] }, gives: [false, true, null] },
  ],
  run: (call) => flagSeries(same(call)),
});
