import { rollingPairs } from '../../kernels/pairs.js';
import { numberSeries, numbers } from '../../kernels/read.js';
import { type ClockRows, defineOp } from '../../op.js';
import { firstUnit, x } from '../shared.js';
import { rolling, windowArgs, windowOf } from './window.js';

export const slope = defineOp({
  ...rolling(2),
  name: 'slope',
  doc: 'Least-squares slope of the known rows of a window on their row number, per row; missing where fewer than min, or than 2, are known.',
  formula: 'Σ (i − mᵢ)(xᵢ − m) / Σ (i − mᵢ)² over the known rows i of W',
  example: 'slope(close, 20)',
  args: [x, ...windowArgs(2)],
  gives: 'number',
  unit: firstUnit,

  cases: [
    {
      call: 'slope(x, 3, min=2)',
      rows: { x: [1, 2, 4, null, 8, 8, 8] },
      gives: [null, 1, 1.5, 2, 2, 0, 0],
    },
  ],
  run(call) {
    const out = call.memory.numbers(call.rows);
    const { window, min } = windowOf(call, 2);
    const row = rowNumbers(call.clock);
    rollingPairs(numbers(call, 0), row, window, min, call.clock.anchors, 'slope', 0, out);
    return numberSeries(out);
  },
});

/** Absolute ones on a grid: counted from the first row loaded, the last digits would depend on where the data start. */
function rowNumbers({ ts, spec }: ClockRows): Float64Array {
  const first = spec.spacing === undefined ? 0 : Math.floor((ts[0] ?? 0) / spec.spacing);
  const rows = new Float64Array(ts.length);
  for (let i = 0; i < rows.length; i += 1) rows[i] = first + i;
  return rows;
}
