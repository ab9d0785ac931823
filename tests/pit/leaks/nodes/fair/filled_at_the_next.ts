import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, held, positions, returns } from '../kit.js';

export default defineNode({
  type: 'fair.filled_at_the_next',
  doc: 'What a trend follower holds.',
  time: 'trailing',
  in: { bars },
  out: { positions },
  params: {},
  run({ bars: rows }) {
    const moves = returns(rows);
    return { positions: held(rows, moves.map(Math.sign)) };
  },
});
