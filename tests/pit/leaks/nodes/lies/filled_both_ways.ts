import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, each, known, signal } from '../kit.js';

export default defineNode({
  type: 'lies.filled_both_ways',
  doc: 'The close without gaps.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    const filled = each(rows, (row) => known(close, row, 4).at(-1) ?? Number.NaN);
    for (let row = filled.length - 2; row >= 0; row -= 1)
      if (Number.isNaN(at(filled, row))) filled[row] = at(filled, row + 1);
    return { signal: beside(rows, 'value', filled) };
  },
});
