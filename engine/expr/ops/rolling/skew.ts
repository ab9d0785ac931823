import { defineOp } from '../../op.js';
import { pure, x } from '../shared.js';
import { corrected, shaped } from './shaped.js';
import { rolling, windowArgs } from './window.js';

export const skew = defineOp({
  ...rolling(3),
  name: 'skew',
  doc: 'Skewness of the known rows of a window, G₁ if corrected; missing where fewer than min, or than 3, are known, and where they are all equal.',
  formula: 'm₃ / m₂^1.5, mⱼ = Σ (xᵢ − m)ʲ / k; corrected: G₁ = √(k(k − 1)) / (k − 2) · m₃ / m₂^1.5',
  source:
    'Joanes & Gill (1998), Comparing measures of sample skewness and kurtosis, The Statistician 47(1)',
  example: 'abs(skew(logret_1, all))',
  args: [x, ...windowArgs(3), corrected],
  gives: 'number',
  unit: pure,
  holes: 'make',
  cases: [
    // Of 1, 2, 4: m₂ = 14/9, m₃ = 20/27; 2, 4, 8 has the same shape.
    {
      call: 'skew(x, 3)',
      rows: { x: [1, 2, 4, 8, null] },
      gives: [null, null, 0.38180177416060623, 0.38180177416060623, null],
    },
    { call: 'skew(x, 3)', rows: { x: [5, 5, 5] }, gives: [null, null, null] },
    {
      call: 'skew(x, 4, min=1)',
      rows: { x: [1, 4, null, 1, null, null] },
      gives: [null, null, null, Math.SQRT1_2, null, null],
    },
    {
      call: 'skew(x, 4, min=3, corrected=true)',
      rows: { x: [1, 2, 4, null] },
      gives: [null, null, 0.9352195295828243, 0.9352195295828243],
    },
  ],
  run: (call) => shaped(call, 3, false),
});
