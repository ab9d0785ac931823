import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, each, returns, signal } from '../kit.js';

export default defineNode({
  type: 'fair.spikes_told_late',
  doc: '1 after a bad tick.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const moves = returns(rows);
    const spike = (row: number) =>
      Math.abs(at(moves, row - 1)) > 0.004 && at(moves, row - 1) * at(moves, row) < 0;
    return {
      signal: beside(
        rows,
        'value',
        each(rows, (row) => (spike(row) ? 1 : 0)),
      ),
    };
  },
});
