import type { Constants } from '../../constants.js';
import { numberSeries, numbers } from '../../kernels/read.js';
import { rollingSorted, type SortedRequest } from '../../kernels/sorted.js';
import type { Bundle, BundleRequest, ConstantArg } from '../../op.js';
import { leastKnown } from './window.js';

/** All order statistics of one series and window share one sorted array. */
export const sortedWindow: Bundle = {
  family: 'sorted',
  key: (c) => String(c.number('window')),
  run(call, requests) {
    const outs = requests.map(() => call.memory.numbers(call.rows));
    const window = call.constants.number('window');
    rollingSorted(numbers(call, 0), window, call.clock.anchors, requests.map(requestOf), outs);
    return outs.map(numberSeries);
  },
};

/** Which quantile. */
export const q: ConstantArg = { name: 'q', is: 'number', least: 0, most: 1 };

function requestOf({ operator, constants }: BundleRequest): SortedRequest {
  const min = leastKnown(constants, 1);
  switch (operator) {
    case 'quantile':
      return { what: 'quantile', q: constants.number('q'), min };
    case 'rank':
      return { what: 'rank', ties: tiesOf(constants), min };
    case 'mad':
      return { what: 'mad', min };
    case 'mean_abs_dev':
      return { what: 'meanAbsDev', min };
    case 'tail_mean':
      return { what: 'tailMean', q: constants.number('q'), min };
    default:
      throw new Error(`The operator ${operator} is not an order statistic.`);
  }
}

function tiesOf(constants: Constants): 'max' | 'average' | 'min' {
  const ties = constants.word('ties');
  return ties === 'average' || ties === 'min' ? ties : 'max';
}
