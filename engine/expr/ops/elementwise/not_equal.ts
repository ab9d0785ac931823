import { opposite } from '../../kernels/kleene.js';
import { flagSeries } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { anyX, anyY, pureIfSame } from '../shared.js';
import { same } from './same.js';

export const notEqual = defineOp({
  name: '!=',
  doc: 'Whether two numbers, flags or texts differ. Missing if either is.',
  formula: 'x ≠ y',
  example: "symbol != 'BTCUSDT'",
  args: [anyX, anyY],
  gives: ([a, b]) => (a === b ? 'boolean' : undefined),
  unit: pureIfSame,
  elementWise: true,
  cases: [
    {
      call: 'x != y',
      rows: { x: [1, 2, null, 3], y: [1, 3, 1, null] },
      gives: [false, true, null, null],
    },
    { call: "name != 'up'", rows: { name: ['up', 'down', null] }, gives: [false, true, null] },
  ],
  run(call) {
    const equal = flagSeries(same(call));
    opposite(equal, equal.data);
    return equal;
  },
});
