import { defineOp } from '../../op.js';
import { PURE, power } from '../../unit.js';
import { x } from '../shared.js';
import { ddof, spread } from './spread.js';
import { rolling, windowArgs } from './window.js';

/** Variance: `var` is a keyword here. */
export const variance = defineOp({
  ...rolling(2),
  name: 'var',
  doc: 'Variance of the known rows of a window; missing where fewer than min, or than 2, are known.',
  formula: 'Σ (xᵢ − m)² / (k − ddof) over the k known rows of W, m their mean',
  source:
    'Welford (1962), Note on a method for calculating corrected sums of squares and products, Technometrics 4(3)',
  example: 'var(logret_1, 96)',
  args: [x, ...windowArgs(2), ddof],
  gives: 'number',
  unit: ([unit = PURE]) => power(unit, 2) ?? PURE,

  cases: [
    // 7/3 and 28/3; 14/9 and 56/9.
    {
      call: 'var(x, 3)',
      rows: { x: [1, 2, 4, 8] },
      gives: [null, null, 2.3333333333333335, 9.333333333333334],
    },
    {
      call: 'var(x, 3, ddof=0)',
      rows: { x: [1, 2, 4, 8] },
      gives: [null, null, 1.5555555555555556, 6.222222222222222],
    },
    {
      call: 'var(x, 3, min=1)',
      rows: { x: [1, 3, null, null, 5, 5, 5] },
      gives: [null, 2, 2, null, null, 0, 0],
    },
  ],
  run: (call) => spread(call, false),
});
