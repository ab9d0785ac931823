import { asNumbers, input, numberSeries } from '../../kernels/read.js';
import type { Call, SeriesArg } from '../../op.js';
import type { NumberSeries } from '../../types.js';

/** Two or more numbers in one row. */
export const several: readonly SeriesArg[] = [
  { name: 'a', is: 'series', type: 'number' },
  { name: 'b', is: 'series', type: 'number', rest: 1 },
];

/** Starts from the first input and takes in the others one by one. */
export function fold(
  call: Call,
  take: (out: Float64Array, next: NumberSeries) => void,
): NumberSeries {
  const out = call.memory.numbers(call.rows);
  const { data, mask } = asNumbers(input(call, 0).series);
  for (let i = 0; i < call.rows; i += 1) out[i] = data[i & mask] ?? Number.NaN;
  for (const next of call.inputs.slice(1)) take(out, asNumbers(next.series));
  return numberSeries(out);
}
