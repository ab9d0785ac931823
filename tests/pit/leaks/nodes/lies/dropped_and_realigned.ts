import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, each, known, mean, signal } from '../kit.js';

export default defineNode({
  type: 'lies.dropped_and_realigned',
  doc: 'A moving average without holes.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    const means = each(rows, (row) => (row < 23 ? Number.NaN : mean(known(close, row, 24))));
    const dense = known(means);
    return {
      signal: beside(
        rows,
        'value',
        each(rows, (row) => at(dense, row)),
      ),
    };
  },
});
