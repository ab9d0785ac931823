import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, prints, signal } from '../kit.js';

export default defineNode({
  type: 'lies.nearest_print',
  doc: 'The funding rate.',
  time: 'trailing',
  in: { bars, prints },
  out: { signal },
  params: {},
  run({ bars: rows, prints }) {
    const [stamps, rate] = [prints.time('ts'), prints.column('rate')];
    const nearest = (ts: number) =>
      [...stamps.keys()].reduce(
        (a, b) => (Math.abs(at(stamps, b) - ts) < Math.abs(at(stamps, a) - ts) ? b : a),
        0,
      );
    return {
      signal: beside(
        rows,
        'value',
        rows.time('ts').map((ts) => at(rate, nearest(ts))),
      ),
    };
  },
});
