import { numberSeries, numbers } from '../../kernels/read.js';
import { rollingShape } from '../../kernels/shape.js';
import type { Call, ConstantArg } from '../../op.js';
import type { NumberSeries } from '../../types.js';
import { windowOf } from './window.js';

/** Whether the bias of a small sample is taken out. */
export const corrected: ConstantArg = { name: 'corrected', is: 'flag', default: false };

/** A standardised moment of the known rows of a window. */
export function shaped(call: Call, order: 3 | 4, excess: boolean): NumberSeries {
  const out = call.memory.numbers(call.rows);
  const { window, min } = windowOf(call, order);
  const shape = { order, corrected: call.constants.flag('corrected'), excess };
  rollingShape(numbers(call, 0), window, min, call.clock.anchors, shape, out);
  return numberSeries(out);
}
