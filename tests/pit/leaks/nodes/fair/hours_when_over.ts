import { defineNode, Frame, port } from '../../../../../engine/sdk/index.js';
import { at, BAR, bars, HOUR } from '../kit.js';

export default defineNode({
  type: 'fair.hours_when_over',
  doc: 'Hourly closes.',
  time: 'trailing',
  in: { bars },
  out: { hours: port.frame('Hourly closes.', { contract: 'hours' }) },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    const ends = [...rows.time('ts').keys()].filter(
      (row) => (at(rows.time('ts'), row) + BAR) % HOUR === 0,
    );
    const stamps = Float64Array.from(ends, (row) => at(rows.time('ts'), row) + BAR - HOUR);
    return {
      hours: Frame.of({
        ts: { dtype: 'time', values: stamps },
        value: Float64Array.from(ends, (row) => at(close, row)),
      }),
    };
  },
});
