import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, signal } from '../kit.js';

export default defineNode({
  type: 'fair.scaled_so_far',
  doc: 'The close between 0 and 1 of what was seen.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const scaled = rows.column('close').map((x) => {
      if (x < low) low = x;
      if (x > high) high = x;
      return (x - low) / (high - low);
    });
    return { signal: beside(rows, 'value', scaled) };
  },
});
