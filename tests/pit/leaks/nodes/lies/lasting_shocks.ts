import { defineNode } from '../../../../../engine/sdk/index.js';
import { alarms, at, atRows, bars, returns } from '../kit.js';

export default defineNode({
  type: 'lies.lasting_shocks',
  doc: 'Shocks that last.',
  time: 'trailing',
  in: { bars },
  out: { alarms },
  params: {},
  run({ bars: rows }) {
    const moves = returns(rows);
    const close = rows.column('close');
    const lasts = (row: number) => at(moves, row) * (at(close, row + 12) - at(close, row)) > 0;
    const shocks = [...rows.time('ts').keys()].filter(
      (row) => Math.abs(at(moves, row)) > 0.004 && lasts(row),
    );
    return {
      alarms: atRows(
        rows,
        shocks,
        'severity',
        shocks.map((row) => Math.abs(at(moves, row))),
      ),
    };
  },
});
