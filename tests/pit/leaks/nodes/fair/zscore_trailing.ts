import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, deviation, each, known, mean, signal } from '../kit.js';

export default defineNode({
  type: 'fair.zscore_trailing',
  doc: 'How unusual the close is.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    const score = each(rows, (row) => {
      const past = known(close, row, 96);
      return (at(close, row) - mean(past)) / deviation(past);
    });
    return { signal: beside(rows, 'value', score) };
  },
});
