import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, signal } from '../kit.js';

export default defineNode({
  type: 'fair.length_of_gap_so_far',
  doc: 'How long the market has been closed.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    let length = 0;
    const lengths = rows.column('close').map((x) => {
      length = Number.isNaN(x) ? length + 1 : 0;
      return length;
    });
    return { signal: beside(rows, 'value', lengths) };
  },
});
