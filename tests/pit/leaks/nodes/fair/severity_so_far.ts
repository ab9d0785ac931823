import { defineNode } from '../../../../../engine/sdk/index.js';
import { alarms, at, atRows, bars, returns } from '../kit.js';

export default defineNode({
  type: 'fair.severity_so_far',
  doc: 'Shocks and how severe they are.',
  time: 'trailing',
  in: { bars },
  out: { alarms },
  params: {},
  run({ bars: rows }) {
    const moves = returns(rows);
    const shocks = [...rows.time('ts').keys()].filter((row) => Math.abs(at(moves, row)) > 0.004);
    const size = shocks.map((row) => Math.abs(at(moves, row)));
    return { alarms: atRows(rows, shocks, 'severity', size) };
  },
});
