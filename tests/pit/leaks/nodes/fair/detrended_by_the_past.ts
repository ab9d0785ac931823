import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, each, known, mean, signal, slope } from '../kit.js';

export default defineNode({
  type: 'fair.detrended_by_the_past',
  doc: 'The close without its trend.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    const index = each(rows, (row) => row);
    const off = each(rows, (row) => {
      const [x, y] = [
        index.slice(Math.max(0, row - 23), row + 1),
        close.slice(Math.max(0, row - 23), row + 1),
      ];
      return at(close, row) - mean(known(y)) - slope([...x], [...y]) * ((x.length - 1) / 2);
    });
    return { signal: beside(rows, 'value', off) };
  },
});
