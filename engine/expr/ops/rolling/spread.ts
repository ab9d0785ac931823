import { numberSeries, numbers } from '../../kernels/read.js';
import { rollingVariance } from '../../kernels/variance.js';
import type { Call, ConstantArg } from '../../op.js';
import type { NumberSeries } from '../../types.js';
import { windowOf } from './window.js';

/** Degrees of freedom that an estimate gives up: 1 for a sample, 0 for all there is. */
export const ddof: ConstantArg = { name: 'ddof', is: 'integer', default: 1, least: 0, most: 1 };

/** The variance of the known rows of a window, or its root. */
export function spread(call: Call, root: boolean): NumberSeries {
  const out = call.memory.numbers(call.rows);
  const { window, min } = windowOf(call, 2);
  const lost = call.constants.number('ddof');
  rollingVariance(numbers(call, 0), window, min, call.clock.anchors, lost, root, out);
  return numberSeries(out);
}
