import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, known, quantile, signal } from '../kit.js';

export default defineNode({
  type: 'lies.median_for_gaps',
  doc: 'The volume without gaps.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const volume = rows.column('volume');
    const usual = quantile(known(volume), 0.5);
    return {
      signal: beside(
        rows,
        'value',
        volume.map((v) => (Number.isNaN(v) ? usual : v)),
      ),
    };
  },
});
