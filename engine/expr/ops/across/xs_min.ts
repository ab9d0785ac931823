import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { statistic } from './section.js';

export const xs_min = defineOp({
  ...statistic('min', x),
  name: 'xs_min',
  doc: 'Smallest value over the symbols that have a known one at that time; others=true leaves the symbol itself out, by= stays within a group. Missing with fewer than at_least of them.',
  formula: 'min xⱼ over members j (j ≠ own with others=true)',
  example: 'xs_min(ret_12)',
  unit: firstUnit,
  cases: [
    {
      call: 'xs_min(x)',
      rows: { x: [1, null] },
      others: { BBB: { x: [10, 20] } },
      gives: [1, 20],
    },
    {
      call: 'xs_min(x, others=true)',
      rows: { x: [1, 2] },
      others: { BBB: { x: [10, null] } },
      gives: [10, null],
    },
  ],
});
