import { widenAhead } from '../../facts.js';
import { input, numbers } from '../../kernels/read.js';
import { takeRows } from '../../kernels/take.js';
import { defineOp } from '../../op.js';
import { anyX, firstUnit, number } from '../shared.js';

export const at = defineOp({
  name: 'at',
  doc: 'The value k rows back, where k is a series of whole numbers; missing where k is missing, negative, broken, beyond at_most or before the first row.',
  formula: 'x[t − k[t]]',
  example: 'at(rsi_14, bars_since_highest(high, 96), at_most=96)',
  args: [anyX, number('k'), { name: 'at_most', is: 'rows', least: 0, optional: true }],
  gives: ([type]) => type,
  unit: firstUnit,
  holes: 'make',
  costly: true,
  kind: (c) => (c.has('at_most') ? 'finite' : 'resetting'),
  constantRule: ([, k]) =>
    k === undefined ? undefined : 'k is the same in every row; read a fixed row with lag(x, k)',
  facts(joined, { constants, args }) {
    if (!constants.has('at_most')) return { ...joined, patchy: true };
    const [read, back] = args;
    const most = constants.number('at_most');
    return {
      ...joined,
      reach: Math.max((read?.reach ?? 0) + most, back?.reach ?? 0),
      ahead: widenAhead(joined.ahead, most),
    };
  },
  cases: [
    {
      call: 'at(x, k, at_most=2)',
      rows: { x: [10, null, 30, 40, 50, 60, 70], k: [1, 0, 2, 1, 3, null, -1] },
      gives: [null, null, 10, 30, null, null, null],
    },
    { call: 'at(x, k)', rows: { x: [10, 20, 30], k: [0, 0.5, 2] }, gives: [10, null, 10] },
  ],
  run(call) {
    const back = numbers(call, 1);
    const most = call.constants.has('at_most') ? call.constants.number('at_most') : call.rows;
    const rows = new Int32Array(call.rows);
    for (let i = 0; i < call.rows; i += 1) {
      const k = back[i] ?? Number.NaN;
      rows[i] = k >= 0 && k <= most && k <= i && k % 1 === 0 ? i - k : -1;
    }
    return takeRows(input(call, 0).series, rows, call.memory);
  },
  // Any row may look back to what came before the first: rows settle one by one.
  settled: ({ constants }, settled) =>
    constants.has('at_most') ? settled + constants.number('at_most') : 0,
  open(call, settled) {
    const back = numbers(call, 1);
    return Uint8Array.from(back, (k, i) => (i < settled || i - k < settled ? 1 : 0));
  },
});
