import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, DAY, known, signal } from '../kit.js';

export default defineNode({
  type: 'fair.pivots_of_yesterday',
  doc: 'Distance from the pivot.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const day = rows.time('ts').map((ts) => Math.floor(ts / DAY));
    const [high, low, close] = [rows.column('high'), rows.column('low'), rows.column('close')];
    const pivots = new Map<number, number>();
    for (const d of new Set(day)) {
      const inside = (_v: number, row: number) => day[row] === d;
      const [top, floor] = [
        Math.max(...known(high.filter(inside))),
        Math.min(...known(low.filter(inside))),
      ];
      pivots.set(d + 1, (top + floor + (known(close.filter(inside)).at(-1) ?? Number.NaN)) / 3);
    }
    return {
      signal: beside(
        rows,
        'value',
        close.map((x, row) => x / (pivots.get(at(day, row)) ?? Number.NaN) - 1),
      ),
    };
  },
});
