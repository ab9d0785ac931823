import { defineNode, t } from '../../../../../engine/sdk/index.js';
import { bars, beside, deviation, known, mean, signal } from '../kit.js';

export default defineNode({
  type: 'lies.random_split',
  doc: 'How unusual the volume is, trained and tested on different rows.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: { seed: t.seed() },
  run({ bars: rows }, _params, context) {
    const volume = rows.column('volume');
    const trains = rows
      .time('ts')
      .map((ts) => (context.random('split').at(ts).uniform() < 0.7 ? 1 : 0));
    const train = known(volume.filter((_v, row) => trains[row] === 1));
    const [center, scale] = [mean(train), deviation(train)];
    return {
      signal: beside(
        rows,
        'value',
        volume.map((v) => (v - center) / scale),
      ),
    };
  },
});
