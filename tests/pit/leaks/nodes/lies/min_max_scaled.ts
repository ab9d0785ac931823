import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, known, signal } from '../kit.js';

export default defineNode({
  type: 'lies.min_max_scaled',
  doc: 'The close between 0 and 1.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    const [low, high] = [Math.min(...known(close)), Math.max(...known(close))];
    return {
      signal: beside(
        rows,
        'value',
        close.map((x) => (x - low) / (high - low)),
      ),
    };
  },
});
