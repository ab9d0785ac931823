import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, BAR, bars, beside, interest, signal } from '../kit.js';

export default defineNode({
  type: 'fair.interest_when_reported',
  doc: 'Open interest.',
  time: 'trailing',
  in: { bars, interest },
  out: { signal },
  params: {},
  run({ bars: rows, interest }) {
    const [stamps, value] = [interest.time('ts'), interest.column('value')];
    let next = 0;
    const last = rows.time('ts').map((ts) => {
      while (next < stamps.length && at(stamps, next) + 2 * BAR <= ts + BAR) next += 1;
      return at(value, next - 1);
    });
    return { signal: beside(rows, 'value', last) };
  },
});
