import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, HOUR, known, mean, returns, signal } from '../kit.js';

export default defineNode({
  type: 'lies.hour_profile',
  doc: 'What the hour usually brings.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const moves = returns(rows);
    const hour = rows.time('ts').map((ts) => Math.floor(ts / HOUR) % 24);
    const usual = Array.from({ length: 24 }, (_, h) =>
      mean(known(moves.filter((_r, i) => hour[i] === h))),
    );
    return {
      signal: beside(
        rows,
        'value',
        hour.map((h) => at(usual, h)),
      ),
    };
  },
});
