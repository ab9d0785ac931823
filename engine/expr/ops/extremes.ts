import { rollingExtreme } from '../kernels/extremes.js';
import { numberSeries, numbers } from '../kernels/read.js';
import { defineOp, type Operator } from '../op.js';
import { firstUnit, leastKnown, pure, rolling, windowArgs, x } from './shared.js';

function extreme(
  name: string,
  doc: string,
  example: string,
  sign: 1 | -1,
  back: boolean,
): Operator {
  return defineOp({
    ...rolling(1),
    name,
    doc,
    example,
    source: 'Lemire (2006), Streaming maximum-minimum filter, Nordic J. Computing 13',
    args: [x, ...windowArgs(1)],
    gives: 'number',
    unit: back ? pure : firstUnit,
    run(call) {
      const out = call.memory.numbers(call.rows);
      const min = leastKnown(call.constants, 1);
      rollingExtreme(numbers(call, 0), call.constants.number('window'), min, sign, back, out);
      return numberSeries(out);
    },
  });
}

export const highest = extreme(
  'highest',
  'Largest known value of a window.',
  'highest(high, 96, min=72)',
  1,
  false,
);
export const lowest = extreme(
  'lowest',
  'Smallest known value of a window.',
  'lowest(low, 96, min=72)',
  -1,
  false,
);
export const bars_since_highest = extreme(
  'bars_since_highest',
  'Rows back to the largest known value of a window, the latest of equals.',
  'bars_since_highest(high, 15)',
  1,
  true,
);
export const bars_since_lowest = extreme(
  'bars_since_lowest',
  'Rows back to the smallest known value of a window, the latest of equals.',
  'bars_since_lowest(low, 15)',
  -1,
  true,
);
