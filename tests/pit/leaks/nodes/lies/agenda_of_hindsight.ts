import { defineNode } from '../../../../../engine/sdk/index.js';
import { agenda, BAR, bars, beside, signal } from '../kit.js';

export default defineNode({
  type: 'lies.agenda_of_hindsight',
  doc: 'Minutes to the next event.',
  time: 'trailing',
  in: { bars, agenda },
  out: { signal },
  params: {},
  run({ bars: rows, agenda }) {
    const times = [...agenda.time('ts')].sort((a, b) => a - b);
    return {
      signal: beside(
        rows,
        'value',
        rows
          .time('ts')
          .map((ts) => ((times.find((e) => e > ts + BAR) ?? Number.NaN) - ts - BAR) / 60_000),
      ),
    };
  },
});
