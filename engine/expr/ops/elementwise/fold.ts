import { asNumbers, numberSeries } from '../../kernels/read.js';
import type { Call, SeriesArg } from '../../op.js';
import type { NumberSeries } from '../../types.js';

/** Two or more numbers in one row. */
export const several: readonly SeriesArg[] = [
  { name: 'a', is: 'series', type: 'number' },
  { name: 'b', is: 'series', type: 'number', rest: 1 },
];

/** Takes two numbers of every row to one; `out` may be the data of either. */
export type Pairing = (a: NumberSeries, b: NumberSeries, out: Float64Array) => void;

/** Takes the first two inputs to one, then that and the next, and so on. */
export function fold(call: Call, pair: Pairing): NumberSeries {
  const out = numberSeries(call.memory.numbers(call.rows));
  const [first, ...others] = call.inputs.map((i) => asNumbers(i.series));
  let before = first;
  for (const next of others) {
    if (before !== undefined) pair(before, next, out.data);
    before = out;
  }
  return out;
}
