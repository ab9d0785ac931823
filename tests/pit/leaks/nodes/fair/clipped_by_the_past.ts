import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, each, known, quantile, returns, signal } from '../kit.js';

export default defineNode({
  type: 'fair.clipped_by_the_past',
  doc: 'Returns without extremes.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const moves = returns(rows);
    const clipped = each(rows, (row) => {
      const past = known(moves, row - 1, 48);
      return Math.min(Math.max(at(moves, row), quantile(past, 0.01)), quantile(past, 0.99));
    });
    return { signal: beside(rows, 'value', clipped) };
  },
});
