import { type ConstantArg, defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { statistic } from './section.js';

const ddof: ConstantArg = { name: 'ddof', is: 'integer', default: 1, least: 0, most: 1 };

export const xs_std = defineOp({
  ...statistic('std', x, [ddof]),
  name: 'xs_std',
  doc: 'Standard deviation over the symbols that have a known value at that time; others=true leaves the symbol itself out, by= stays within a group. Missing with fewer than at_least of them, and with no more than ddof.',
  formula: '√(Σⱼ (xⱼ − m)² / (n − ddof)) over members j (j ≠ own with others=true)',
  example: 'xs_std(ret_12)',
  unit: firstUnit,
  cases: [
    {
      call: 'xs_std(x)',
      rows: { x: [1, null, 0.1] },
      others: { BBB: { x: [2, 5, 0.1] }, CCC: { x: [3, null, 0.1] } },
      gives: [1, null, 0],
    },
    {
      call: 'xs_std(x, ddof=0, others=true)',
      rows: { x: [1, null, 0.1] },
      others: { BBB: { x: [2, 5, 0.1] }, CCC: { x: [4, null, 0.1] } },
      gives: [1, 0, 0],
    },
  ],
});
