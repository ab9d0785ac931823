import { defineOp } from '../../op.js';
import { pure, x } from '../shared.js';
import { corrected, shaped } from './shaped.js';
import { rolling, windowArgs } from './window.js';

export const kurtosis = defineOp({
  ...rolling(4),
  name: 'kurtosis',
  doc: 'Kurtosis of the known rows of a window, minus 3 if excess, which must be said, G₂ if corrected; missing where fewer than min, or than 4, are known, and where they are all equal.',
  formula:
    'm₄ / m₂², mⱼ = Σ (xᵢ − m)ʲ / k; excess: − 3; corrected: G₂ = (k − 1) / ((k − 2)(k − 3)) · ((k + 1)(m₄ / m₂² − 3) + 6), + 3 unless excess',
  source:
    'Joanes & Gill (1998), Comparing measures of sample skewness and kurtosis, The Statistician 47(1)',
  example: 'kurtosis(logret_1, all, excess=true)',
  args: [x, ...windowArgs(4), { name: 'excess', is: 'flag' }, corrected],
  gives: 'number',
  unit: pure,
  holes: 'make',
  cases: [
    {
      call: 'kurtosis(x, 4, excess=false)',
      rows: { x: [1, 2, 4, 8, 8, 8, 8, 8] },
      gives: [
        null,
        null,
        null,
        1.9010207939508506,
        1.2798353909465021,
        2.3333333333333335,
        null,
        null,
      ],
    },
    {
      call: 'kurtosis(x, 4, excess=true)',
      rows: { x: [1, 2, 4, 8] },
      gives: [null, null, null, -1.0989792060491494],
    },
    // Two at each of two values: m₄ = m₂².
    {
      call: 'kurtosis(x, 5, excess=false, min=1)',
      rows: { x: [1, null, 3, 1, 3, null] },
      gives: [null, null, null, null, 1, null],
    },
    {
      call: 'kurtosis(x, all, excess=true, corrected=true)',
      rows: { x: [1, 2, null, 4, 8] },
      gives: [null, null, null, null, 0.7576559546313799],
    },
  ],
  run: (call) => shaped(call, 4, call.constants.flag('excess')),
});
