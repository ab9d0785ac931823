import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, positions, returns } from '../kit.js';

export default defineNode({
  type: 'lies.filled_at_the_close',
  doc: 'What a trend follower holds.',
  time: 'trailing',
  in: { bars },
  out: { positions },
  params: {},
  run({ bars: rows }) {
    const moves = returns(rows);
    return { positions: beside(rows, 'weight', moves.map(Math.sign)) };
  },
});
