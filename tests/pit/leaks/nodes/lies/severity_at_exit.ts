import { defineNode } from '../../../../../engine/sdk/index.js';
import { alarms, at, atRows, bars, known, returns } from '../kit.js';

export default defineNode({
  type: 'lies.severity_at_exit',
  doc: 'Shocks and how severe they are.',
  time: 'trailing',
  in: { bars },
  out: { alarms },
  params: {},
  run({ bars: rows }) {
    const moves = returns(rows);
    const close = rows.column('close');
    const shocks = [...rows.time('ts').keys()].filter((row) => Math.abs(at(moves, row)) > 0.004);
    const worst = shocks.map((row) => {
      const after = known(close.slice(row, row + 13));
      return Math.max(...after) / Math.min(...after) - 1;
    });
    return { alarms: atRows(rows, shocks, 'severity', worst) };
  },
});
