import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { statistic } from './section.js';

export const xs_max = defineOp({
  ...statistic('max', x),
  name: 'xs_max',
  doc: 'Largest value over the symbols that have a known one at that time; others=true leaves the symbol itself out, by= stays within a group. Missing with fewer than at_least of them.',
  formula: 'max xⱼ over members j (j ≠ own with others=true)',
  example: 'xs_max(ret_12)',
  unit: firstUnit,
  cases: [
    {
      call: 'xs_max(x)',
      rows: { x: [1, null] },
      others: { BBB: { x: [10, 20] } },
      gives: [10, 20],
    },
    {
      call: 'xs_max(x, others=true)',
      rows: { x: [30, 2] },
      others: { BBB: { x: [10, null] } },
      gives: [10, null],
    },
  ],
});
