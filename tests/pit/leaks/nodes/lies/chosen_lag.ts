import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, each, returns, signal, slope } from '../kit.js';

export default defineNode({
  type: 'lies.chosen_lag',
  doc: 'The most telling of six lags.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const moves = returns(rows);
    const next = each(rows, (row) => at(moves, row + 1));
    const lagged = (k: number) => each(rows, (row) => at(moves, row - k));
    const skill = (k: number) => Math.abs(slope([...lagged(k)], [...next]));
    const best = [0, 1, 2, 3, 4, 5].reduce((a, b) => (skill(b) > skill(a) ? b : a));
    return { signal: beside(rows, 'value', lagged(best)) };
  },
});
