import { defineNode, t } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, signal } from '../kit.js';

export default defineNode({
  type: 'fair.dithered',
  doc: 'The close with noise of a basis point.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: { seed: t.seed() },
  run({ bars: rows }, _params, context) {
    const close = rows.column('close');
    const noise = rows.time('ts').map((ts) => 1e-4 * context.random('dither').at(ts).normal());
    return {
      signal: beside(
        rows,
        'value',
        close.map((x, row) => x * (1 + at(noise, row))),
      ),
    };
  },
});
