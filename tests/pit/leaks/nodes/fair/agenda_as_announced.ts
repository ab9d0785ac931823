import { defineNode } from '../../../../../engine/sdk/index.js';
import { agenda, at, BAR, bars, beside, signal } from '../kit.js';

export default defineNode({
  type: 'fair.agenda_as_announced',
  doc: 'Minutes to the next event.',
  time: 'trailing',
  in: { bars, agenda },
  out: { signal },
  params: {},
  run({ bars: rows, agenda }) {
    const [times, announced] = [agenda.time('ts'), agenda.time('announced')];
    const minutes = rows.time('ts').map((ts) => {
      const coming = times.filter((e, row) => e > ts + BAR && at(announced, row) <= ts + BAR);
      return coming.length > 0 ? (Math.min(...coming) - ts - BAR) / 60_000 : Number.NaN;
    });
    return { signal: beside(rows, 'value', minutes) };
  },
});
