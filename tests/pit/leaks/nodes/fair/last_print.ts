import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, BAR, bars, beside, prints, signal } from '../kit.js';

export default defineNode({
  type: 'fair.last_print',
  doc: 'The funding rate.',
  time: 'trailing',
  in: { bars, prints },
  out: { signal },
  params: {},
  run({ bars: rows, prints }) {
    const [stamps, rate] = [prints.time('ts'), prints.column('rate')];
    let next = 0;
    const last = rows.time('ts').map((ts) => {
      while (next < stamps.length && at(stamps, next) + 60_000 <= ts + BAR) next += 1;
      return at(rate, next - 1);
    });
    return { signal: beside(rows, 'value', last) };
  },
});
