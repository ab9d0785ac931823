import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, each, known, signal } from '../kit.js';

export default defineNode({
  type: 'lies.swing_points',
  doc: '1 at a swing high.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const high = rows.column('high');
    const top = (row: number) => Math.max(...known(high, Math.min(row + 3, rows.length - 1), 7));
    return {
      signal: beside(
        rows,
        'value',
        each(rows, (row) => (at(high, row) === top(row) ? 1 : 0)),
      ),
    };
  },
});
