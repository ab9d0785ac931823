import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, known, signal } from '../kit.js';

export default defineNode({
  type: 'lies.rank_in_file',
  doc: 'Where the volume stands.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const volume = rows.column('volume');
    const sorted = known(volume).sort((a, b) => a - b);
    const share = (v: number) => sorted.filter((s) => s <= v).length / sorted.length;
    return {
      signal: beside(
        rows,
        'value',
        volume.map((v) => (Number.isNaN(v) ? v : share(v))),
      ),
    };
  },
});
