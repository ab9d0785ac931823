import { normalQuantile } from '../../kernels/normal.js';
import { defineOp } from '../../op.js';
import { pureOnly, x } from '../shared.js';
import { eachAgain } from './each.js';

export const normal_quantile = defineOp({
  name: 'normal_quantile',
  doc: 'The inverse of normal_cdf; missing where p is, and unless 0 < p < 1.',
  formula: 'Φ⁻¹(p)',
  source: 'Acklam (2003), refined by a step of Halley’s method',
  example: 'normal_quantile(rank(ret_12, 252) * 252 / 253)',
  args: [x],
  gives: 'number',
  unit: pureOnly,
  elementWise: true,
  holes: 'make',
  cases: [
    {
      call: 'normal_quantile(x)',
      rows: { x: [0.5, 0.975, 0, 1, -1, null] },
      gives: [0, 1.959963984540054, null, null, null, null],
    },
  ],
  run: (call) => eachAgain(call, normalQuantile),
});
