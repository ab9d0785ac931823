import type { Constants } from '../constants.js';
import { numberSeries, numbers } from '../kernels/read.js';
import { rollingSorted, type SortedRequest } from '../kernels/sorted.js';
import { type Bundle, type BundleRequest, type ConstantArg, defineOp } from '../op.js';
import { firstUnit, leastKnown, pure, rolling, windowArgs, x } from './shared.js';

/** All order statistics of one series and window share one sorted array. */
const sortedWindow: Bundle = {
  family: 'sorted',
  key: (c) => String(c.number('window')),
  run(call, requests) {
    const outs = requests.map(() => call.memory.numbers(call.rows));
    const window = call.constants.number('window');
    rollingSorted(numbers(call, 0), window, requests.map(requestOf), outs);
    return outs.map(numberSeries);
  },
};

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

const q: ConstantArg = { name: 'q', is: 'number', least: 0, most: 1 };

export const quantile = defineOp({
  ...rolling(1),
  name: 'quantile',
  doc: 'Quantile of the known rows of a window, linear between order statistics.',
  source: 'Hyndman & Fan (1996), Sample quantiles in statistical packages, type 7',
  example: 'quantile(spread_bps, 0.9, 8640, min=2016)',
  args: [x, q, ...windowArgs(1)],
  gives: 'number',
  unit: firstUnit,
  bundle: sortedWindow,
});

export const rank = defineOp({
  ...rolling(1),
  name: 'rank',
  doc: 'Share of the window at or below the current row (ties=max), below it (min), or midway (average).',
  example: '100 * rank(abs(funding.rate), 270, min=90)',
  args: [
    x,
    ...windowArgs(1),
    { name: 'ties', is: 'word', words: ['max', 'average', 'min'], default: 'max' },
  ],
  gives: 'number',
  unit: pure,
  bundle: sortedWindow,
});

export const mad = defineOp({
  ...rolling(1),
  name: 'mad',
  doc: 'Median distance from the median of a window, unscaled.',
  source: 'Hampel (1974), The influence curve, JASA 69',
  example: '1.4826 * mad(logret_1, 2016, min=288)',
  args: [x, ...windowArgs(1)],
  gives: 'number',
  unit: firstUnit,
  bundle: sortedWindow,
});

export const mean_abs_dev = defineOp({
  ...rolling(1),
  name: 'mean_abs_dev',
  doc: 'Mean distance from the mean of a window.',
  example: 'mean_abs_dev(close, 20)',
  args: [x, ...windowArgs(1)],
  gives: 'number',
  unit: firstUnit,
  bundle: sortedWindow,
});

export const tail_mean = defineOp({
  ...rolling(1),
  name: 'tail_mean',
  doc: 'Mean of the values at or below the quantile q < ½, or at or above the quantile q > ½.',
  source: 'Acerbi & Tasche (2002), On the coherence of expected shortfall, J. Banking & Finance 26',
  example: 'tail_mean(logret_1, 0.05, all, min=21)',
  args: [x, q, ...windowArgs(1)],
  gives: 'number',
  unit: firstUnit,
  check: (c) => (c.number('q') === 0.5 ? 'q=0.5 has no nearer tail' : rolling(1).check(c)),
  bundle: sortedWindow,
});
