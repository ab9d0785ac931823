import { defineNode } from '../../../../../engine/sdk/index.js';
import {
  at,
  bars,
  beside,
  DAY,
  deviation,
  each,
  known,
  quantile,
  returns,
  signal,
} from '../kit.js';

export default defineNode({
  type: 'fair.terciles_so_far',
  doc: 'The regime of volatility: 0, 1, 2.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const moves = returns(rows);
    const spread = each(rows, (row) => deviation(known(moves, row, 48)));
    const ts = rows.time('ts');
    let [low, high] = [Number.NaN, Number.NaN];
    const regime = each(rows, (row) => {
      if (at(ts, row) % DAY === 0) {
        const past = known(spread, row);
        [low, high] = [quantile(past, 1 / 3), quantile(past, 2 / 3)];
      }
      const s = at(spread, row);
      return Number.isNaN(s + low) ? Number.NaN : s < low ? 0 : s < high ? 1 : 2;
    });
    return { signal: beside(rows, 'value', regime) };
  },
});
