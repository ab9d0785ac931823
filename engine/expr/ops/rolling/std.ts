import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { ddof, spread } from './spread.js';
import { rolling, windowArgs } from './window.js';

export const std = defineOp({
  ...rolling(2),
  name: 'std',
  doc: 'Standard deviation of the known rows of a window; missing where fewer than min, or than 2, are known.',
  formula: '√(Σ (xᵢ − m)² / (k − ddof)) over the k known rows of W, m their mean',
  source:
    'Welford (1962), Note on a method for calculating corrected sums of squares and products, Technometrics 4(3)',
  example: 'std(logret_1, 96, min=72)',
  args: [x, ...windowArgs(2), ddof],
  gives: 'number',
  unit: firstUnit,

  cases: [
    {
      call: 'std(x, 3, min=2)',
      rows: { x: [1, 4, 7, null, null, 5] },
      gives: [null, 2.1213203435596424, 3, 2.1213203435596424, null, null],
    },
    {
      call: 'std(x, 2, ddof=0)',
      rows: { x: [1, 3, 3, null] },
      gives: [null, 1, 0, null],
    },
  ],
  run: (call) => spread(call, true),
});
