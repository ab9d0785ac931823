import { normalCdf } from '../../kernels/normal.js';
import { defineOp } from '../../op.js';
import { pureOnly, x } from '../shared.js';
import { each } from './each.js';

export const normal_cdf = defineOp({
  name: 'normal_cdf',
  doc: 'The standard normal distribution function, with relative accuracy 1e-12 in the lower tail. Missing where z is.',
  formula: 'Φ(z) = ∫₋∞ᶻ e^(−t²/2) / √(2π) dt',
  example: 'normal_cdf(stretch)',
  args: [x],
  gives: 'number',
  unit: pureOnly,
  elementWise: true,

  cases: [
    {
      call: '1e24 * normal_cdf(x)',
      rows: { x: [-10, null] },
      gives: [7.61985302416052, null],
    },
    {
      call: 'normal_cdf(x)',
      rows: { x: [0, 1, -1.96, 40] },
      gives: [0.5, 0.8413447460685429, 0.024997895148220435, 1],
    },
  ],
  run: (call) => each(call, normalCdf),
});
