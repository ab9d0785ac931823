import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, each, signal } from '../kit.js';

export default defineNode({
  type: 'lies.labelled_regime',
  doc: 'The trend: 1 up, -1 down.',
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
        each(rows, (row) => Math.sign(at(close, row + 48) - at(close, row))),
      ),
    };
  },
});
