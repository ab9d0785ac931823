import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, each, known, mean, signal } from '../kit.js';

export default defineNode({
  type: 'lies.centred_mean_of_bars',
  doc: 'A smooth price without lag.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    return {
      signal: beside(
        rows,
        'value',
        each(rows, (row) => mean(known(close, Math.min(row + 6, rows.length - 1), 13))),
      ),
    };
  },
});
