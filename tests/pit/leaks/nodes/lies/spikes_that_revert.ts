import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, returns, signal } from '../kit.js';

export default defineNode({
  type: 'lies.spikes_that_revert',
  doc: 'Closes without bad ticks.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const close = rows.column('close');
    const moves = returns(rows);
    const spike = (row: number) =>
      Math.abs(at(moves, row)) > 0.004 && at(moves, row) * at(moves, row + 1) < 0;
    return {
      signal: beside(
        rows,
        'value',
        close.map((x, row) => (spike(row) ? Number.NaN : x)),
      ),
    };
  },
});
