import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, each, positions } from '../kit.js';

export default defineNode({
  type: 'lies.limits_that_fill',
  doc: 'What a dip buyer holds.',
  time: 'trailing',
  in: { bars },
  out: { positions },
  params: {},
  run({ bars: rows }) {
    const [close, low] = [rows.column('close'), rows.column('low')];
    const filled = each(rows, (row) => (at(low, row) < 0.999 * at(close, row - 1) ? 1 : 0));
    return { positions: beside(rows, 'weight', filled) };
  },
});
