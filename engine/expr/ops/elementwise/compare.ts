import { asNumbers, flagSeries, input } from '../../kernels/read.js';
import type { Call } from '../../op.js';
import type { FlagSeries, NumberSeries } from '../../types.js';

/**
 * Fills `out` with 1, 0, or 255 where either side is missing: then neither of two opposite comparisons holds, and their sum less
 * 1 has all bits set. Without a branch, as nobody can foresee which way the next row goes.
 */
export type Comparison = (a: NumberSeries, b: NumberSeries, out: Uint8Array) => void;

export const below: Comparison = ({ data: a, mask: left }, { data: b, mask: right }, out) => {
  for (let i = 0; i < out.length; i += 1) {
    const u = a[i & left] ?? 0;
    const v = b[i & right] ?? 0;
    const holds = Number(u < v);
    out[i] = holds | (holds + Number(u >= v) - 1);
  }
};

export const notAbove: Comparison = ({ data: a, mask: left }, { data: b, mask: right }, out) => {
  for (let i = 0; i < out.length; i += 1) {
    const u = a[i & left] ?? 0;
    const v = b[i & right] ?? 0;
    const holds = Number(u <= v);
    out[i] = holds | (holds + Number(u > v) - 1);
  }
};

/** Compare two inputs of a call, given by their positions. */
export function compared(call: Call, left: 0 | 1, right: 0 | 1, test: Comparison): FlagSeries {
  const a = asNumbers(input(call, left).series);
  const b = asNumbers(input(call, right).series);
  const out = call.memory.flags(call.rows);
  test(a, b, out);
  return flagSeries(out);
}
