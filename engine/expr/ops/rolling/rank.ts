import { defineOp } from '../../op.js';
import { pure, x } from '../shared.js';
import { sortedWindow } from './sorted.js';
import { rolling, windowArgs } from './window.js';

export const rank = defineOp({
  ...rolling(1),
  name: 'rank',
  doc: 'Share of the known rows of a window, the current one included, that lie at or below it (ties=max), below it (min), or midway (average). Missing where x is, and where fewer than min are known.',
  formula:
    'max: #{xᵢ ≤ xₜ} / k; min: #{xᵢ < xₜ} / k; average: (#{xᵢ < xₜ} + (#{xᵢ = xₜ} + 1) / 2) / k',
  example: '100 * rank(abs(funding.rate), 270, min=90)',
  args: [
    x,
    ...windowArgs(1),
    { name: 'ties', is: 'word', words: ['max', 'average', 'min'], default: 'max' },
  ],
  gives: 'number',
  unit: pure,

  cases: [
    {
      call: 'rank(x, 4, min=1)',
      rows: { x: [1, 2, 2, 3, 2, null, 1] },
      gives: [1, 1, 1, 1, 0.75, null, 0.3333333333333333],
    },
    {
      call: 'rank(x, 4, min=1, ties=min)',
      rows: { x: [1, 2, 2, 3, 2, null, 1] },
      gives: [0, 0.5, 0.3333333333333333, 0.75, 0, null, 0],
    },
    {
      call: 'rank(x, 4, ties=average)',
      rows: { x: [1, 2, 2, 3, 2, null] },
      gives: [null, null, null, 1, 0.5, null],
    },
  ],
  bundle: sortedWindow,
});
