import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { statistic } from './section.js';

export const xs_median = defineOp({
  ...statistic('median', x),
  name: 'xs_median',
  doc: 'Median over the symbols that have a known value at that time; others=true leaves the symbol itself out, by= stays within a group. Missing with fewer than at_least of them.',
  formula: 'median of xⱼ over members j (j ≠ own with others=true)',
  example: 'xs_median(rv_96)',
  unit: firstUnit,
  cases: [
    {
      call: 'xs_median(x)',
      rows: { x: [1, null, 3] },
      others: { BBB: { x: [10, 20, 30] }, CCC: { x: [5, 40, null] } },
      gives: [5, 30, 16.5],
    },
    {
      call: 'xs_median(x, others=true)',
      rows: { x: [1, null, 3] },
      others: { BBB: { x: [10, 20, 30] }, CCC: { x: [5, 40, null] } },
      gives: [7.5, 30, 30],
    },
  ],
});
