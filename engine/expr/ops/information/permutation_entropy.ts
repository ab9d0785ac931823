import type { Constants } from '../../constants.js';
import { orderings, rollingPermutationEntropy } from '../../kernels/permutation-entropy.js';
import { numberSeries, numbers } from '../../kernels/read.js';
import { type ConstantArg, defineOp } from '../../op.js';
import { x } from '../shared.js';
import { knownFrom, window } from './window.js';

const min: ConstantArg = {
  name: 'min',
  is: 'integer',
  least: 1,
  default: (c) =>
    c.number('window') === Number.POSITIVE_INFINITY ? 1 : Math.max(1, c.number('window') - span(c)),
};

/** Rows between the first and the last of a pattern. */
function span(c: Constants): number {
  return (c.number('order') - 1) * c.number('delay');
}

/** Patterns that are needed; below half of the orderings the correction, the first term of a series, says nothing. */
function leastPatterns(c: Constants): number {
  const forCorrection = c.flag('corrected') ? orderings(c.number('order')) / 2 : 1;
  return Math.max(c.number('min'), forCorrection);
}

export const permutation_entropy = defineOp({
  ...knownFrom(
    (c) => leastPatterns(c) + span(c),
    (c) => `${leastPatterns(c)} patterns of ${c.number('order')} values`,
  ),
  name: 'permutation_entropy',
  doc: 'Entropy of the orderings of `order` values `delay` rows apart that lie in the window, as a share of the most it can be: 0 where all are ordered alike, near 1 where every ordering is as frequent. Equal values count as rising in time; `corrected=true` adds what independent values fall short of 1 by in so few patterns. A pattern with a missing row is passed over and `min` counts the others (by default all the window has room for, and 1 where it is `all`); missing on a flat window.',
  formula:
    '−Σ p ln p / ln(order!), p = share of each ordering; corrected: + s / (2n ln(order!)), n patterns, s = 17/5 at order 3',
  source:
    'Bandt & Pompe (2002), Physical Review Letters 88; Miller (1955) for the correction, here of overlapping patterns',
  example: 'permutation_entropy(logret_1, 120, order=5, min=24)',
  args: [
    x,
    window,
    { name: 'order', is: 'integer', default: 3, least: 2, most: 7 },
    { name: 'delay', is: 'rows', default: 1, least: 1 },
    min,
    { name: 'corrected', is: 'flag', default: false },
  ],
  cases: [
    {
      call: 'permutation_entropy(x, all)',
      rows: { x: [4, 7, 9, 10, 6, 11, 3] },
      gives: [null, null, 0, 0, 0.355245321275764, 0.5802792108518123, 0.588762155916294],
    },
    {
      call: 'permutation_entropy(x, 5, min=1)',
      rows: { x: [2, 4, null, 1, 3, 2, 2, null] },
      gives: [null, null, null, null, null, 0, 0.3868528072345416, 0.3868528072345416],
    },
    { call: 'permutation_entropy(x, 4)', rows: { x: [1, 1, 2, 3] }, gives: [null, null, null, 0] },
    {
      call: 'permutation_entropy(x, 3)',
      rows: { x: [5, 5, 5, 5] },
      gives: [null, null, null, null],
    },
    {
      call: 'permutation_entropy(x, 4, order=2)',
      rows: { x: [1, 2, 1, 2] },
      gives: [null, null, null, 0.9182958340544894],
    },
    {
      call: 'permutation_entropy(x, 4, order=2, corrected=true)',
      rows: { x: [1, 2, 1, 2] },
      gives: [null, null, null, 0.9984455585483208],
    },
  ],
  run(call) {
    const out = call.memory.numbers(call.rows);
    const { constants } = call;
    const read = {
      window: constants.number('window'),
      order: constants.number('order'),
      delay: constants.number('delay'),
      min: leastPatterns(constants),
      corrected: constants.flag('corrected'),
    };
    rollingPermutationEntropy(numbers(call, 0), read, out);
    return numberSeries(out);
  },
});
