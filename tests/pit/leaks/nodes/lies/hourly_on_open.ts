import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, HOUR, signal } from '../kit.js';

export default defineNode({
  type: 'lies.hourly_on_open',
  doc: 'The hourly close beside each bar.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    const lasts = new Map<number, number>();
    for (const [row, ts] of rows.time('ts').entries())
      if (!Number.isNaN(at(close, row))) lasts.set(Math.floor(ts / HOUR), at(close, row));
    return {
      signal: beside(
        rows,
        'value',
        rows.time('ts').map((ts) => lasts.get(Math.floor(ts / HOUR)) ?? Number.NaN),
      ),
    };
  },
});
