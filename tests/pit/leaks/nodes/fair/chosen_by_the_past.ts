import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, DAY, each, returns, signal, slope } from '../kit.js';

export default defineNode({
  type: 'fair.chosen_by_the_past',
  doc: 'The most telling of three lags.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const moves = returns(rows);
    const ts = rows.time('ts');
    const skill = (k: number, to: number) =>
      Math.abs(slope([...moves.slice(0, Math.max(0, to - k))], [...moves.slice(k, to)]));
    let best = 1;
    const chosen = each(rows, (row) => {
      if (at(ts, row) % DAY === 0)
        best = [1, 2, 3].reduce((a, b) => (skill(b, row) > skill(a, row) ? b : a));
      return at(moves, row - best);
    });
    return { signal: beside(rows, 'value', chosen) };
  },
});
