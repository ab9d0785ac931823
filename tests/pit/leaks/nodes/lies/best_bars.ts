import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, each, known, quantile, signal } from '../kit.js';

export default defineNode({
  type: 'lies.best_bars',
  doc: '1 at the best entries.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    const after = each(rows, (row) => at(close, row + 12) / at(close, row) - 1);
    const limit = quantile(known(after), 0.95);
    return {
      signal: beside(
        rows,
        'value',
        after.map((r) => (r >= limit ? 1 : 0)),
      ),
    };
  },
});
