import { rollingPairs } from '../kernels/pairs.js';
import { numberSeries, numbers } from '../kernels/read.js';
import { rollingShape } from '../kernels/shape.js';
import { rollingSum } from '../kernels/sum.js';
import { rollingVariance } from '../kernels/variance.js';
import { type Call, type ConstantArg, defineOp, type Operator } from '../op.js';
import { multiply, PURE, power } from '../unit.js';
import { firstUnit, leastKnown, pure, rolling, windowArgs, x, y } from './shared.js';

const ddof: ConstantArg = { name: 'ddof', is: 'integer', default: 1, least: 0, most: 1 };
const corrected: ConstantArg = { name: 'corrected', is: 'flag', default: false };

function total(name: string, doc: string, example: string, mean: boolean): Operator {
  return defineOp({
    ...rolling(1),
    name,
    doc,
    example,
    args: [x, ...windowArgs(1)],
    gives: 'number',
    unit: firstUnit,
    run(call) {
      const out = call.memory.numbers(call.rows);
      const { window, min } = windowOf(call, 1);
      rollingSum(numbers(call, 0), window, min, call.clock.anchors, mean, out);
      return numberSeries(out);
    },
  });
}

export const sum = total(
  'sum',
  'Sum of the known rows of a window.',
  'sum(abs(diff(close)), 96)',
  false,
);
export const mean = total(
  'mean',
  'Mean of the known rows of a window.',
  'mean(logret_1 ^ 2, 12)',
  true,
);

function spread(name: string, doc: string, example: string, root: boolean): Operator {
  return defineOp({
    ...rolling(2),
    name,
    doc,
    example,
    args: [x, ...windowArgs(2), ddof],
    gives: 'number',
    unit: ([unit = PURE]) => (root ? unit : (power(unit, 2) ?? PURE)),
    run(call) {
      const out = call.memory.numbers(call.rows);
      const { window, min } = windowOf(call, 2);
      const lost = call.constants.number('ddof');
      rollingVariance(numbers(call, 0), window, min, call.clock.anchors, lost, root, out);
      return numberSeries(out);
    },
  });
}

/** Variance: the name `var` is a keyword here. */
export const variance = spread(
  'var',
  'Variance of the known rows of a window.',
  'var(logret_1, 96)',
  false,
);
export const std = spread(
  'std',
  'Standard deviation of the known rows of a window.',
  'std(logret_1, 96, min=72)',
  true,
);

export const skew = defineOp({
  ...rolling(3),
  name: 'skew',
  doc: 'Skewness m₃ / m₂^1.5 of a window; G₁ if corrected; missing where it is flat.',
  example: 'abs(skew(logret_1, all))',
  args: [x, ...windowArgs(3), corrected],
  gives: 'number',
  unit: pure,
  holes: 'make',
  run: (call) => shaped(call, 3, false),
});

export const kurtosis = defineOp({
  ...rolling(4),
  name: 'kurtosis',
  doc: 'Kurtosis m₄ / m₂² of a window, minus 3 if excess, which must be said; missing where it is flat.',
  example: 'kurtosis(logret_1, all, excess=true)',
  args: [x, ...windowArgs(4), { name: 'excess', is: 'flag' }, corrected],
  gives: 'number',
  unit: pure,
  holes: 'make',
  run: (call) => shaped(call, 4, call.constants.flag('excess')),
});

export const cov = defineOp({
  ...rolling(2),
  name: 'cov',
  doc: 'Covariance over the rows of a window where both are known.',
  example: 'cov(logret_1, benchmark.logret_1, 288, min=144)',
  args: [x, y, ...windowArgs(2), ddof],
  gives: 'number',
  unit: ([a = PURE, b = PURE]) => multiply(a, b),
  run(call) {
    const out = call.memory.numbers(call.rows);
    const { window, min } = windowOf(call, 2);
    const [a, b] = [numbers(call, 0), numbers(call, 1)];
    const lost = call.constants.number('ddof');
    rollingPairs(a, b, window, min, call.clock.anchors, 'cov', lost, out);
    return numberSeries(out);
  },
});

export const corr = defineOp({
  ...rolling(2),
  name: 'corr',
  doc: 'Correlation over the rows of a window where both are known; missing where either is flat.',
  example: 'corr(logret_1, benchmark.logret_1, 288, min=144)',
  args: [x, y, ...windowArgs(2)],
  gives: 'number',
  unit: pure,
  holes: 'make',
  run(call) {
    const out = call.memory.numbers(call.rows);
    const { window, min } = windowOf(call, 2);
    const [a, b] = [numbers(call, 0), numbers(call, 1)];
    rollingPairs(a, b, window, min, call.clock.anchors, 'corr', 0, out);
    return numberSeries(out);
  },
});

export const slope = defineOp({
  ...rolling(2),
  name: 'slope',
  doc: 'Least-squares slope on the row number, per row.',
  example: 'slope(close, 20)',
  args: [x, ...windowArgs(2)],
  gives: 'number',
  unit: firstUnit,
  run(call) {
    const out = call.memory.numbers(call.rows);
    const { window, min } = windowOf(call, 2);
    const row = new Float64Array(call.rows);
    for (let i = 0; i < row.length; i += 1) row[i] = i;
    rollingPairs(numbers(call, 0), row, window, min, call.clock.anchors, 'slope', 0, out);
    return numberSeries(out);
  },
});

function shaped(call: Call, order: 3 | 4, excess: boolean) {
  const out = call.memory.numbers(call.rows);
  const { window, min } = windowOf(call, order);
  const shape = { order, corrected: call.constants.flag('corrected'), excess };
  rollingShape(numbers(call, 0), window, min, call.clock.anchors, shape, out);
  return numberSeries(out);
}

function windowOf(call: Call, order: number): { readonly window: number; readonly min: number } {
  return { window: call.constants.number('window'), min: leastKnown(call.constants, order) };
}
