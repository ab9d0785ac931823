import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { statistic } from './section.js';

export const xs_mean = defineOp({
  ...statistic('mean', x),
  name: 'xs_mean',
  doc: 'Mean over the symbols that have a known value at that time; others=true leaves the symbol itself out, by= stays within a group. Missing with fewer than at_least of them.',
  formula: 'Σⱼ xⱼ / n over members j (j ≠ own with others=true)',
  example: 'xs_mean(logret_1, others=true, at_least=3)',
  unit: firstUnit,
  cases: [
    {
      call: 'xs_mean(x)',
      rows: { x: [1, null, 3] },
      others: { BBB: { x: [10, 20, 30] }, CCC: { x: [100, null, null] } },
      gives: [37, 20, 16.5],
    },
    {
      call: 'xs_mean(x, others=true)',
      rows: { x: [1, null, 3] },
      others: { BBB: { x: [10, 20, 30] }, CCC: { x: [100, null, null] } },
      gives: [55, 20, 30],
    },
    {
      call: 'xs_mean(x, by=sector)',
      rows: { x: [1, 2], sector: ['a', null] },
      others: { BBB: { x: [10, 20], sector: ['b', 'a'] }, CCC: { x: [5, 7], sector: ['a', 'a'] } },
      gives: [3, null],
    },
  ],
});
