import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, signal } from '../kit.js';

export default defineNode({
  type: 'lies.length_of_gap',
  doc: 'How long the market is closed.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    const lengths = new Float64Array(rows.length);
    for (let row = 0; row < rows.length; row += 1) {
      let to = row;
      while (to < rows.length && Number.isNaN(at(close, to))) to += 1;
      lengths.fill(to - row, row, to);
      row = Math.max(row, to - 1);
    }
    return { signal: beside(rows, 'value', lengths) };
  },
});
