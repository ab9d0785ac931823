import { defineNode, Frame, port } from '../../../../../engine/sdk/index.js';
import { at, bars, HOUR } from '../kit.js';

export default defineNode({
  type: 'lies.hours_labelled_left',
  doc: 'Hourly closes.',
  time: 'trailing',
  in: { bars },
  out: { hours: port.frame('Hourly closes.', { contract: 'hours_at_open' }) },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    const lasts = new Map<number, number>();
    for (const [row, ts] of rows.time('ts').entries())
      if (!Number.isNaN(at(close, row))) lasts.set(Math.floor(ts / HOUR), at(close, row));
    const stamps = Float64Array.from(lasts.keys(), (hour) => hour * HOUR);
    return {
      hours: Frame.of({
        ts: { dtype: 'time', values: stamps },
        value: Float64Array.from(lasts.values()),
      }),
    };
  },
});
