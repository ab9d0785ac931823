import { rankSection } from '../../kernels/across-rank.js';
import { defineOp } from '../../op.js';
import { pure, x } from '../shared.js';
import { across, atLeast, by, eachSection } from './section.js';

export const xs_rank = defineOp({
  ...across,
  name: 'xs_rank',
  doc: 'Place of the symbol among those with a known value at that time, from 0 to 1; ½ when alone, missing where x is and with fewer than at_least of them. by= stays within a group.',
  formula: '(rank − 1) / (n − 1), n = 1 → ½; of equals the average, smallest or largest rank',
  example: 'xs_rank(ret_96)',
  args: [
    x,
    by,
    { name: 'ties', is: 'word', words: ['average', 'min', 'max'], default: 'average' },
    atLeast,
  ],
  unit: pure,
  cases: [
    {
      call: 'xs_rank(x)',
      rows: { x: [1, 2, null, 4] },
      others: { BBB: { x: [2, 2, 3, null] }, CCC: { x: [0, 3, 1, null] } },
      gives: [0.5, 0.25, null, 0.5],
    },
    {
      call: 'xs_rank(x, ties=max, at_least=2)',
      rows: { x: [1, 2, null, 4] },
      others: { BBB: { x: [2, 2, 3, null] }, CCC: { x: [0, 3, 1, null] } },
      gives: [0.5, 0.5, null, null],
    },
  ],
  across(call) {
    const word = call.constants.word('ties');
    const ties = word === 'min' || word === 'max' ? word : 'average';
    const least = call.constants.number('at_least');
    return eachSection(call, (s, n, out) => rankSection(s, n, ties, least, out));
  },
});
