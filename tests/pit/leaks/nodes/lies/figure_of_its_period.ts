import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, DAY, releases, signal } from '../kit.js';

export default defineNode({
  type: 'lies.figure_of_its_period',
  doc: 'The figure of the period.',
  time: 'trailing',
  in: { bars, releases },
  out: { signal },
  params: {},
  run({ bars: rows, releases }) {
    const first = new Map<number, number>();
    for (const [row, period] of releases.time('ts').entries())
      if (!first.has(period)) first.set(period, at(releases.column('actual'), row));
    return {
      signal: beside(
        rows,
        'value',
        rows.time('ts').map((ts) => first.get(Math.floor(ts / DAY) * DAY) ?? Number.NaN),
      ),
    };
  },
});
