import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, each, signal } from '../kit.js';

export default defineNode({
  type: 'lies.remembers_the_row_before',
  doc: 'The move of the close.',
  time: 'row',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    return {
      signal: beside(
        rows,
        'value',
        each(rows, (row) => at(close, row) - at(close, row - 1)),
      ),
    };
  },
});
