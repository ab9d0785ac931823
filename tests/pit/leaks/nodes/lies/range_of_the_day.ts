import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, DAY, known, signal } from '../kit.js';

export default defineNode({
  type: 'lies.range_of_the_day',
  doc: 'The range of the day.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const day = rows.time('ts').map((ts) => Math.floor(ts / DAY));
    const [high, low] = [rows.column('high'), rows.column('low')];
    const ranges = new Map<number, number>();
    for (const d of new Set(day)) {
      const inside = (_v: number, row: number) => day[row] === d;
      ranges.set(
        d,
        Math.max(...known(high.filter(inside))) - Math.min(...known(low.filter(inside))),
      );
    }
    return {
      signal: beside(
        rows,
        'value',
        day.map((d) => ranges.get(d) ?? Number.NaN),
      ),
    };
  },
});
