import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, known, quantile, signal } from '../kit.js';

export default defineNode({
  type: 'lies.quantile_of_all',
  doc: 'Whether the volume spiked.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const volume = rows.column('volume');
    const limit = quantile(known(volume), 0.95);
    return {
      signal: beside(
        rows,
        'value',
        volume.map((v) => (v > limit ? 1 : 0)),
      ),
    };
  },
});
