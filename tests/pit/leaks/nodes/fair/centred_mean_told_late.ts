import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, each, known, mean, signal } from '../kit.js';

export default defineNode({
  type: 'fair.centred_mean_told_late',
  doc: 'A smooth price.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    const center = (row: number) => mean(known(close, row + 6, 13));
    return {
      signal: beside(
        rows,
        'value',
        each(rows, (row) => (row < 6 ? Number.NaN : center(row - 6))),
      ),
    };
  },
});
