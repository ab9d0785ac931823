import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, signal } from '../kit.js';

export default defineNode({
  type: 'fair.smoothed_forward',
  doc: 'A smooth price.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    let level = Number.NaN;
    const smooth = rows.column('close').map((x) => {
      if (!Number.isNaN(x)) level = Number.isNaN(level) ? x : level + 0.1 * (x - level);
      return level;
    });
    return { signal: beside(rows, 'value', smooth) };
  },
});
