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

/** Values that are remembered: a power of two. */
const REMEMBERED = 8192;

/**
 * As `each`, for a function that takes long and whose argument comes again and again, as a rank does: what it gave is remembered
 * until another value falls on the same place.
 */
export function eachAgain(call: Call, f: (v: number) => number): NumberSeries {
  const keys = new Float64Array(REMEMBERED).fill(Number.NaN);
  const results = new Float64Array(REMEMBERED);
  const bits = new Uint32Array(2);
  const number = new Float64Array(bits.buffer);
  return each(call, (v) => {
    number[0] = v;
    const at = Math.imul((bits[0] ?? 0) ^ (bits[1] ?? 0), 0x9e3779b1) >>> 19;
    if (keys[at] !== v) {
      keys[at] = v;
      results[at] = f(v);
    }
    return results[at] ?? Number.NaN;
  });
}
