import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, each, signal } from '../kit.js';

export default defineNode({
  type: 'lies.next_return',
  doc: 'The return of the bar.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    return {
      signal: beside(
        rows,
        'value',
        each(rows, (row) => at(close, row + 1) / at(close, row) - 1),
      ),
    };
  },
});
