import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, each, known, signal } from '../kit.js';

export default defineNode({
  type: 'fair.swing_points_told_late',
  doc: '1 where a swing high of three bars ago is confirmed.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const high = rows.column('high');
    const top = (row: number) => Math.max(...known(high, row, 7));
    return {
      signal: beside(
        rows,
        'value',
        each(rows, (row) => (row >= 3 && at(high, row - 3) === top(row) ? 1 : 0)),
      ),
    };
  },
});
