import { numberSeries, numbers } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';

export const cumsum = defineOp({
  name: 'cumsum',
  doc: 'Sum of all known rows so far; missing where x is. Its level depends on the first row loaded: difference it.',
  formula: 'Σ xᵢ over the known rows i ≤ t',
  source:
    'Neumaier (1974), Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, ZAMM 54',
  example: 'diff(cumsum(taker_base_volume), 96)',
  args: [x],
  gives: 'number',
  unit: firstUnit,
  kind: 'expanding',
  fills: true,
  cases: [
    { call: 'cumsum(x)', rows: { x: [1, null, 2, -4] }, gives: [1, null, 3, -1] },
    { call: 'cumsum(x)', rows: { x: [1e16, 1, -1e16] }, gives: [1e16, 1e16, 1] },
  ],
  run(call) {
    const v = numbers(call, 0);
    const out = call.memory.numbers(call.rows);
    let sum = 0;
    let lost = 0;
    for (let i = 0; i < call.rows; i += 1) {
      const next = v[i] ?? Number.NaN;
      if (!Number.isNaN(next)) {
        const total = sum + next;
        lost += Math.abs(sum) >= Math.abs(next) ? sum - total + next : next - total + sum;
        sum = total;
      }
      const value = sum + lost;
      out[i] = !Number.isNaN(next) && value - value === 0 ? value : Number.NaN;
    }
    return numberSeries(out);
  },
});
