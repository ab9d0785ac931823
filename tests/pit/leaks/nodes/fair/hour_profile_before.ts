import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, HOUR, returns, signal } from '../kit.js';

export default defineNode({
  type: 'fair.hour_profile_before',
  doc: 'What the hour usually brings.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const moves = returns(rows);
    const sums = Array.from({ length: 24 }, () => ({ sum: 0, count: 0 }));
    const usual = rows.time('ts').map((ts, row) => {
      const found = sums[Math.floor(ts / HOUR) % 24] ?? { sum: 0, count: 0 };
      const before = found.sum / found.count;
      const move = at(moves, row);
      if (!Number.isNaN(move)) {
        found.sum += move;
        found.count += 1;
      }
      return before;
    });
    return { signal: beside(rows, 'value', usual) };
  },
});
