import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, deviation, known, mean, signal } from '../kit.js';

export default defineNode({
  type: 'lies.zscore_of_all',
  doc: 'How unusual the close is.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    const [center, scale] = [mean(known(close)), deviation(known(close))];
    return {
      signal: beside(
        rows,
        'value',
        close.map((x) => (x - center) / scale),
      ),
    };
  },
});
