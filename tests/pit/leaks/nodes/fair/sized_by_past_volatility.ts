import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, deviation, each, held, known, positions, returns } from '../kit.js';

export default defineNode({
  type: 'fair.sized_by_past_volatility',
  doc: 'Half the risk budget, long.',
  time: 'trailing',
  in: { bars },
  out: { positions },
  params: {},
  run({ bars: rows }) {
    const moves = returns(rows);
    const weight = each(rows, (row) => Math.min(1, 0.001 / deviation(known(moves, row, 96))));
    return { positions: held(rows, weight) };
  },
});
