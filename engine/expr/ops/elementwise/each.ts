import { asNumbers, input, numberSeries } from '../../kernels/read.js';
import type { Call } from '../../op.js';
import type { NumberSeries } from '../../types.js';

/**
 * A function of one number in every row; its value is missing where `f` gives NaN or ∞. For functions that take a while: the
 * call alone costs more than `abs` or `floor` does, which have loops of their own.
 */
export function each(call: Call, f: (v: number) => number): NumberSeries {
  const { data, mask } = asNumbers(input(call, 0).series);
  const out = call.memory.numbers(call.rows);
  for (let i = 0; i < call.rows; i += 1) {
    const r = f(data[i & mask] ?? Number.NaN);
    out[i] = r - r === 0 ? r : Number.NaN;
  }
  return numberSeries(out);
}
