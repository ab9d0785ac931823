import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, DAY, signal } from '../kit.js';

export default defineNode({
  type: 'lies.session_vwap',
  doc: 'Distance from the price most trades had.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const day = rows.time('ts').map((ts) => Math.floor(ts / DAY));
    const [close, volume] = [rows.column('close'), rows.column('volume')];
    const sums = new Map<number, readonly [number, number]>();
    for (const [row, d] of day.entries()) {
      const [paid, traded] = sums.get(d) ?? [0, 0];
      const v = at(volume, row);
      if (!Number.isNaN(v)) sums.set(d, [paid + v * at(close, row), traded + v]);
    }
    const price = (d: number) => {
      const [paid, traded] = sums.get(d) ?? [Number.NaN, 1];
      return paid / traded;
    };
    return {
      signal: beside(
        rows,
        'value',
        close.map((x, row) => x / price(at(day, row)) - 1),
      ),
    };
  },
});
