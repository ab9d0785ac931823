import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { q, sortedWindow } from './sorted.js';
import { rolling, windowArgs } from './window.js';

export const tail_mean = defineOp({
  ...rolling(1),
  name: 'tail_mean',
  doc: 'Mean of the known rows of a window at or below their quantile q < ½, or at or above it for q > ½; missing where fewer than min are known.',
  formula: 'q < ½: mean{xᵢ : xᵢ ≤ quantile(q)}; q > ½: mean{xᵢ : xᵢ ≥ quantile(q)}',
  source: 'Acerbi & Tasche (2002), On the coherence of expected shortfall, J. Banking & Finance 26',
  example: 'tail_mean(logret_1, 0.05, all, min=21)',
  args: [x, q, ...windowArgs(1)],
  gives: 'number',
  unit: firstUnit,
  check: (c) => (c.number('q') === 0.5 ? 'q=0.5 has no nearer tail' : rolling(1).check(c)),
  cases: [
    // Of 1, 2, 4, 8 the first quartile is 1.75 and the third 5.
    {
      call: 'tail_mean(x, 0.25, 4, min=3)',
      rows: { x: [8, 4, 2, 1, null, null] },
      gives: [null, null, 2, 1, 1, null],
    },
    {
      call: 'tail_mean(x, 0.75, 4)',
      rows: { x: [8, 4, 2, 1, 1] },
      gives: [null, null, null, 8, 4],
    },
  ],
  bundle: sortedWindow,
});
