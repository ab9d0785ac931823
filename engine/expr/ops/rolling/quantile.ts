import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { q, sortedWindow } from './sorted.js';
import { rolling, windowArgs } from './window.js';

export const quantile = defineOp({
  ...rolling(1),
  name: 'quantile',
  doc: 'Quantile of the known rows of a window, linear between order statistics; missing where fewer than min are known.',
  formula: 'h = (k − 1)q; x₍⌊h⌋₎ + (h − ⌊h⌋)(x₍⌊h⌋₊₁₎ − x₍⌊h⌋₎) on the k known rows of W, sorted',
  source:
    'Hyndman & Fan (1996), Sample quantiles in statistical packages, type 7, The American Statistician 50(4)',
  example: 'quantile(spread_bps, 0.9, 8640, min=2016)',
  args: [x, q, ...windowArgs(1)],
  gives: 'number',
  unit: firstUnit,

  cases: [
    {
      call: 'quantile(x, 0.25, 4, min=2)',
      rows: { x: [8, null, 2, 1, 4, null, null] },
      gives: [null, null, 3.5, 1.5, 1.5, 1.5, 1.75],
    },
    { call: 'quantile(x, 0, all)', rows: { x: [3, 1, 2] }, gives: [3, 1, 1] },
    { call: 'quantile(x, 1, all)', rows: { x: [3, 1, 4] }, gives: [3, 3, 4] },
  ],
  bundle: sortedWindow,
});
