import { defineOp } from '../../op.js';
import { condition, pure } from '../shared.js';
import { statistic } from './section.js';

export const xs_count = defineOp({
  ...statistic('count', condition),
  name: 'xs_count',
  doc: 'How many of the symbols whose condition is known at that time have it true; others=true leaves the symbol itself out, by= stays within a group. Missing with fewer than at_least known ones.',
  formula: '#{j : cⱼ} over members j (j ≠ own with others=true)',
  example: 'xs_count(VOL_SPIKE)',
  unit: pure,
  cases: [
    {
      call: 'xs_count(x > 1)',
      rows: { x: [1, null, 3] },
      others: { BBB: { x: [10, 20, 30] }, CCC: { x: [0, null, null] } },
      gives: [1, 1, 2],
    },
    {
      call: 'xs_count(x > 1, others=true)',
      rows: { x: [1, null, 3] },
      others: { BBB: { x: [10, 20, 30] }, CCC: { x: [0, null, null] } },
      gives: [1, 1, 1],
    },
  ],
});
