import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, DAY, signal } from '../kit.js';

export default defineNode({
  type: 'fair.vwap_so_far',
  doc: 'Distance from the price most trades had.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const [close, volume] = [rows.column('close'), rows.column('volume')];
    let [day, paid, traded] = [-1, 0, 0];
    const off = rows.time('ts').map((ts, row) => {
      if (Math.floor(ts / DAY) !== day) [day, paid, traded] = [Math.floor(ts / DAY), 0, 0];
      const v = at(volume, row);
      if (!Number.isNaN(v)) [paid, traded] = [paid + v * at(close, row), traded + v];
      return (at(close, row) * traded) / paid - 1;
    });
    return { signal: beside(rows, 'value', off) };
  },
});
