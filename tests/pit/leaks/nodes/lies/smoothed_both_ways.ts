import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, signal } from '../kit.js';

export default defineNode({
  type: 'lies.smoothed_both_ways',
  doc: 'A smooth price without lag.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const pass = (values: readonly number[]) => {
      let level = Number.NaN;
      return values.map((x) => {
        if (!Number.isNaN(x)) level = Number.isNaN(level) ? x : level + 0.1 * (x - level);
        return level;
      });
    };
    const forward = pass([...rows.column('close')]);
    return { signal: beside(rows, 'value', pass(forward.reverse()).reverse()) };
  },
});
