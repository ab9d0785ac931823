import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, known, quantile, returns, signal } from '../kit.js';

export default defineNode({
  type: 'lies.winsorized_returns',
  doc: 'Returns without extremes.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const moves = returns(rows);
    const [low, high] = [quantile(known(moves), 0.01), quantile(known(moves), 0.99)];
    return {
      signal: beside(
        rows,
        'value',
        moves.map((r) => Math.min(Math.max(r, low), high)),
      ),
    };
  },
});
