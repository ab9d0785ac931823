import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, DAY, signal } from '../kit.js';

export default defineNode({
  type: 'fair.range_of_the_day_so_far',
  doc: 'The range of the day so far.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const [high, low] = [rows.column('high'), rows.column('low')];
    let [day, top, floor] = [-1, Number.NaN, Number.NaN];
    const range = rows.time('ts').map((ts, row) => {
      if (Math.floor(ts / DAY) !== day)
        [day, top, floor] = [
          Math.floor(ts / DAY),
          Number.NEGATIVE_INFINITY,
          Number.POSITIVE_INFINITY,
        ];
      if (at(high, row) > top) top = at(high, row);
      if (at(low, row) < floor) floor = at(low, row);
      return top > floor ? top - floor : Number.NaN;
    });
    return { signal: beside(rows, 'value', range) };
  },
});
