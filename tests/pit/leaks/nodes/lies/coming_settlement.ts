import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, prints, signal } from '../kit.js';

export default defineNode({
  type: 'lies.coming_settlement',
  doc: 'The funding that is to be paid.',
  time: 'trailing',
  in: { bars, prints },
  out: { signal },
  params: {},
  run({ bars: rows, prints }) {
    const [stamps, rate] = [prints.time('ts'), prints.column('rate')];
    return {
      signal: beside(
        rows,
        'value',
        rows.time('ts').map((ts) =>
          at(
            rate,
            stamps.findIndex((s) => s >= ts),
          ),
        ),
      ),
    };
  },
});
