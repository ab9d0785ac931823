import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, deviation, each, known, quantile, returns, signal } from '../kit.js';

export default defineNode({
  type: 'lies.volatility_terciles',
  doc: 'The regime of volatility: 0, 1, 2.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const moves = returns(rows);
    const spread = each(rows, (row) => deviation(known(moves, row, 48)));
    const [low, high] = [quantile(known(spread), 1 / 3), quantile(known(spread), 2 / 3)];
    return {
      signal: beside(
        rows,
        'value',
        spread.map((s) => (s < low ? 0 : s < high ? 1 : 2)),
      ),
    };
  },
});
