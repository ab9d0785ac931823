import { defineNode } from '../../../../../engine/sdk/index.js';
import { at, bars, beside, each, returns, signal, slope } from '../kit.js';

export default defineNode({
  type: 'lies.online_without_purge',
  doc: 'What the last move foretells.',
  time: 'trailing',
  in: { bars },
  out: { signal },
  params: {},
  run({ bars: rows }) {
    const moves = returns(rows);
    const close = rows.column('close');
    const label = each(rows, (row) => at(close, row + 12) / at(close, row) - 1);
    const fitted = (to: number) =>
      slope([...moves.slice(Math.max(0, to - 32), to)], [...label.slice(Math.max(0, to - 32), to)]);
    return {
      signal: beside(
        rows,
        'value',
        each(rows, (row) => fitted(row) * at(moves, row)),
      ),
    };
  },
});
