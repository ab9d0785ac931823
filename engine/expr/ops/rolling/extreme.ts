import { rollingExtreme } from '../../kernels/extremes.js';
import { numberSeries, numbers } from '../../kernels/read.js';
import { rollingSinceExtreme } from '../../kernels/since-extreme.js';
import type { Call } from '../../op.js';
import type { NumberSeries } from '../../types.js';
import { windowOf } from './window.js';

/** The largest (`sign` 1) or smallest (−1) known value of a window, or how many rows back it is. */
export function extreme(call: Call, sign: 1 | -1, back: boolean): NumberSeries {
  const out = call.memory.numbers(call.rows);
  const { window, min } = windowOf(call, 1);
  const rolling = back ? rollingSinceExtreme : rollingExtreme;
  rolling(numbers(call, 0), window, min, sign, out);
  return numberSeries(out);
}
