import { asNumbers, numberSeries } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { sameUnit } from '../shared.js';
import { several } from './fold.js';

export const average = defineOp({
  name: 'average',
  doc: 'Mean of the known arguments in one row; missing if none is known. Over a window it is `mean`.',
  formula: 'Σ known / number of known',
  example: 'average(open, high, low, close)',
  args: several,
  gives: 'number',
  unit: sameUnit,
  elementWise: true,
  fills: true,
  cases: [
    {
      call: 'average(a, b, c)',
      rows: { a: [1, null, null], b: [2, 4, null], c: [6, 5, null] },
      gives: [3, 4.5, null],
    },
  ],
  run(call) {
    const all = call.inputs.map((i) => asNumbers(i.series));
    const out = call.memory.numbers(call.rows);
    for (let i = 0; i < call.rows; i += 1) {
      let sum = 0;
      let known = 0;
      for (let k = 0; k < all.length; k += 1) {
        const series = all[k];
        const v = series === undefined ? Number.NaN : (series.data[i & series.mask] ?? Number.NaN);
        if (Number.isNaN(v)) continue;
        sum += v;
        known += 1;
      }
      const r = sum / known;
      out[i] = r - r === 0 ? r : Number.NaN;
    }
    return numberSeries(out);
  },
});
