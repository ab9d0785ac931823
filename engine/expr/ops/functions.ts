import { normalCdf, normalQuantile } from '../kernels/normal.js';
import { asNumbers, input, numberSeries } from '../kernels/read.js';
import * as numeric from '../numeric.js';
import { defineOp, type Operator } from '../op.js';
import { agree, PURE, power, type Unit } from '../unit.js';
import { firstUnit, pure, x } from './shared.js';

type Rule = (units: readonly Unit[]) => Unit | undefined;

/** A function of one number; its value is missing where `f` gives NaN or ∞. */
function functionOf(
  name: string,
  f: (v: number) => number,
  about: { doc: string; example: string; source?: string; unit: Rule; total?: true },
): Operator {
  const { total, ...rest } = about;
  return defineOp({
    ...rest,
    name,
    args: [x],
    gives: 'number',
    elementWise: true,
    ...(total ? {} : { holes: 'make' as const }),
    run(call) {
      const { data, mask } = asNumbers(input(call, 0).series);
      const out = call.memory.numbers(call.rows);
      for (let i = 0; i < call.rows; i += 1) {
        const r = f(data[i & mask] ?? Number.NaN);
        out[i] = r - r === 0 ? r : Number.NaN;
      }
      return numberSeries(out);
    },
  });
}

/** Only pure numbers go in, a pure number comes out. */
const pureOnly: Rule = ([unit = PURE]) => (agree(unit, PURE) === undefined ? undefined : PURE);

export const abs = functionOf('abs', Math.abs, {
  doc: 'Size without sign.',
  example: 'abs(ret_1)',
  unit: firstUnit,
  total: true,
});

export const sign = functionOf('sign', (v) => (v > 0 ? 1 : v < 0 ? -1 : v === 0 ? 0 : Number.NaN), {
  doc: '1, 0 or −1.',
  example: 'sign(ret_12)',
  unit: pure,
  total: true,
});

export const log = functionOf('log', (v) => (v > 0 ? numeric.log(v) : Number.NaN), {
  doc: 'Natural logarithm; missing at 0 and below.',
  example: 'log(close / lag(close, 1))',
  unit: pure,
});

export const exp = functionOf('exp', numeric.exp, {
  doc: 'e to the power x.',
  example: 'exp(sum(logret_1, 12)) - 1',
  unit: pureOnly,
});

export const sqrt = functionOf('sqrt', Math.sqrt, {
  doc: 'Square root; missing below 0.',
  example: 'sqrt(mean(logret_1 ^ 2, 12))',
  unit: ([unit = PURE]) => power(unit, 0.5) ?? PURE,
});

export const sin = functionOf('sin', numeric.sin, {
  doc: 'Sine of an angle in radians.',
  example: 'sin(6.283185307179586 * hour / 24)',
  unit: pureOnly,
  total: true,
});

export const ceil = functionOf('ceil', Math.ceil, {
  doc: 'The next whole number upwards.',
  example: 'mean(close, 96, min=ceil(0.75 * 96))',
  unit: firstUnit,
  total: true,
});

export const floor = functionOf('floor', Math.floor, {
  doc: 'The next whole number downwards.',
  example: 'floor(minute / 15)',
  unit: firstUnit,
  total: true,
});

export const round = functionOf('round', Math.round, {
  doc: 'The nearest whole number; halves go up.',
  example: 'round(sqrt(30))',
  unit: firstUnit,
  total: true,
});

export const normal_cdf = functionOf('normal_cdf', normalCdf, {
  doc: 'Φ(z), the standard normal distribution function; relative accuracy 1e-12 in the lower tail.',
  example: 'normal_cdf(stretch)',
  unit: pureOnly,
  total: true,
});

export const normal_quantile = functionOf('normal_quantile', normalQuantile, {
  doc: 'Φ⁻¹(p), the inverse of normal_cdf; missing unless 0 < p < 1.',
  example: 'normal_quantile(rank(ret_12, 252) * 252 / 253)',
  source: 'Acklam (2003), refined by a step of Halley’s method',
  unit: pureOnly,
});
