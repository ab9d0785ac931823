import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, signal } from '../kit.js';

export default defineNode({
  type: 'fair.row_by_row',
  doc: 'The range of the bar.',
  time: 'row',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const [high, low] = [rows.column('high'), rows.column('low')];
    return {
      signal: beside(
        rows,
        'value',
        high.map((h, row) => h - at(low, row)),
      ),
    };
  },
});
