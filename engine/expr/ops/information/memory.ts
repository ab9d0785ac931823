import type { Constants } from '../../constants.js';
import { rollingMemory } from '../../kernels/memory.js';
import { numberSeries, numbers } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { x } from '../shared.js';
import { knownFrom, MOST_LAGS, window } from './window.js';

const leastRows = (c: Constants): number => 3 * c.number('at_most');

export const memory = defineOp({
  ...knownFrom(leastRows, (c) => `${c.number('at_most')} lags`),
  name: 'memory',
  doc: 'How many lags from the first on have an autocorrelation above `floor`, before the first that has not. A missing row leaves out its pairs; missing with fewer than 3·at_most known rows and on a flat window.',
  formula: 'the largest m ≤ at_most with corr(xₜ, xₜ₋ₖ) > floor for all k = 1 … m',
  example: 'memory(logret_1, window=252)',
  args: [
    x,
    { name: 'floor', is: 'number', default: 0.02, least: -1, most: 1 },
    { name: 'at_most', is: 'integer', default: 20, least: 1, most: MOST_LAGS },
    window,
  ],
  cases: [
    {
      call: 'memory(x, at_most=1, window=4)',
      rows: { x: [1, 2, 4, 3, 5, 1] },
      gives: [null, null, 1, 1, 0, 0],
    },
    {
      call: 'memory(x, at_most=1, window=5)',
      rows: { x: [1, 2, 3, null, 5, 6, null] },
      gives: [null, null, 1, 1, 1, 1, 0],
    },
    {
      call: 'memory(x, at_most=1, window=3)',
      rows: { x: [2, 2, 2, 3] },
      gives: [null, null, null, 0],
    },
  ],
  run(call) {
    const out = call.memory.numbers(call.rows);
    const read = {
      window: call.constants.number('window'),
      floor: call.constants.number('floor'),
      most: call.constants.number('at_most'),
      least: leastRows(call.constants),
    };
    rollingMemory(numbers(call, 0), read, call.clock.anchors, out);
    return numberSeries(out);
  },
});
