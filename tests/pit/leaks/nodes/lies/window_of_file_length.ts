import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, each, known, mean, signal } from '../kit.js';

export default defineNode({
  type: 'lies.window_of_file_length',
  doc: 'A moving average that suits the data.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    const window = Math.max(5, Math.floor(rows.length / 20));
    return {
      signal: beside(
        rows,
        'value',
        each(rows, (row) => mean(known(close, row, window))),
      ),
    };
  },
});
