import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { statistic } from './section.js';

export const xs_sum = defineOp({
  ...statistic('sum', x),
  name: 'xs_sum',
  doc: 'Sum over the symbols that have a known value at that time, in order of id; others=true leaves the symbol itself out, by= stays within a group. Missing with fewer than at_least of them.',
  formula: 'Σⱼ xⱼ over members j (j ≠ own with others=true)',
  example: 'xs_sum(quote_volume)',
  unit: firstUnit,
  cases: [
    {
      call: 'xs_sum(x)',
      rows: { x: [1, null, 3] },
      others: { BBB: { x: [10, 20, 30] }, CCC: { x: [100, null, null] } },
      gives: [111, 20, 33],
    },
    {
      call: 'xs_sum(x, others=true, at_least=2)',
      rows: { x: [1, null, 3] },
      others: { BBB: { x: [10, 20, 30] }, CCC: { x: [100, null, null] } },
      gives: [110, null, null],
    },
  ],
});
