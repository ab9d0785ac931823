import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, each, known, signal } from '../kit.js';

export default defineNode({
  type: 'lies.bars_to_peak',
  doc: 'The age of the move.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const high = rows.column('high');
    const peak = (row: number) => {
      const next = high.slice(row, row + 24);
      return next.indexOf(Math.max(...known(next)));
    };
    return { signal: beside(rows, 'value', each(rows, peak)) };
  },
});
