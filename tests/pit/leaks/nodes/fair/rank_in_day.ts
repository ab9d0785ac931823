import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, each, known, signal } from '../kit.js';

export default defineNode({
  type: 'fair.rank_in_day',
  doc: 'Where the volume stands.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const volume = rows.column('volume');
    const share = each(rows, (row) => {
      const past = known(volume, row, 96);
      return past.filter((v) => v <= at(volume, row)).length / past.length;
    });
    return { signal: beside(rows, 'value', share) };
  },
});
