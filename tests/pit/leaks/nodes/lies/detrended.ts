import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, each, known, mean, signal, slope } from '../kit.js';

export default defineNode({
  type: 'lies.detrended',
  doc: 'The close without its trend.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    const index = each(rows, (row) => row);
    const tilt = slope([...index], [...close]);
    const center = mean(known(close));
    return {
      signal: beside(
        rows,
        'value',
        each(rows, (row) => at(close, row) - center - tilt * (row - (rows.length - 1) / 2)),
      ),
    };
  },
});
