import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, signal } from '../kit.js';

let peak = Number.NEGATIVE_INFINITY;

export default defineNode({
  type: 'lies.peak_kept_between_runs',
  doc: 'The drawdown from the peak.',
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
        close.map((x) => {
          if (x > peak) peak = x;
          return x / peak - 1;
        }),
      ),
    };
  },
});
