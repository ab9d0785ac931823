import { numberSeries, numbers } from '../../kernels/read.js';
import { rollingSum } from '../../kernels/sum.js';
import type { Call } from '../../op.js';
import type { NumberSeries } from '../../types.js';
import { windowOf } from './window.js';

/** The sum of the known rows of a window, or their mean. */
export function total(call: Call, mean: boolean): NumberSeries {
  const out = call.memory.numbers(call.rows);
  const { window, min } = windowOf(call, 1);
  rollingSum(numbers(call, 0), window, min, call.clock.anchors, mean, out);
  return numberSeries(out);
}
