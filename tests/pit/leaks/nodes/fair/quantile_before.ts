import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, each, known, quantile, signal } from '../kit.js';

export default defineNode({
  type: 'fair.quantile_before',
  doc: 'Whether the volume spiked.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const volume = rows.column('volume');
    const flags = each(rows, (row) =>
      at(volume, row) > quantile(known(volume, row - 1, 96), 0.95) ? 1 : 0,
    );
    return { signal: beside(rows, 'value', flags) };
  },
});
