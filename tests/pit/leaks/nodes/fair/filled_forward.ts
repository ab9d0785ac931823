import { defineNode } from '../../../../../engine/sdk/index.js';
import { bars, beside, each, known, signal } from '../kit.js';

export default defineNode({
  type: 'fair.filled_forward',
  doc: 'The close without short gaps.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    const recent = (row: number) => known(close, row, 12).at(-1) ?? Number.NaN;
    return { signal: beside(rows, 'value', each(rows, recent)) };
  },
});
