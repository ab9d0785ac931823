import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, deviation, each, held, known, positions, returns } from '../kit.js';

export default defineNode({
  type: 'lies.sized_by_all_volatility',
  doc: 'Half the risk budget, long.',
  time: 'trailing',
  in: { bars },
  out: { positions },
  params: {},
  run({ bars: rows }) {
    const risk = deviation(known(returns(rows)));
    return {
      positions: held(
        rows,
        each(rows, () => Math.min(1, 0.001 / risk)),
      ),
    };
  },
});
