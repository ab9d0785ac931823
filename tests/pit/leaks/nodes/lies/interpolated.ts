import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, each, signal } from '../kit.js';

export default defineNode({
  type: 'lies.interpolated',
  doc: 'The close without gaps.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    let before = -1;
    let after = 0;
    const line = each(rows, (row) => {
      if (!Number.isNaN(at(close, row))) {
        before = row;
        return at(close, row);
      }
      for (after = Math.max(after, row); after < rows.length && Number.isNaN(at(close, after)); )
        after += 1;
      return (
        at(close, before) +
        ((at(close, after) - at(close, before)) * (row - before)) / (after - before)
      );
    });
    return { signal: beside(rows, 'value', line) };
  },
});
