import { asNumbers, input, numberSeries } from '../kernels/read.js';
import { type Call, defineOp } from '../op.js';
import { divide, multiply, PURE } from '../unit.js';
import { firstUnit, sameUnit, x, y } from './shared.js';

/** Sum, element by element. Overflow is missing. */
export const plus = defineOp({
  name: '+',
  doc: 'Sum of two values of one unit.',
  example: 'high_96 + low_96',
  args: [x, y],
  gives: 'number',
  unit: sameUnit,
  elementWise: true,
  run(call) {
    const { a, b, left, right, out } = operands(call);
    for (let i = 0; i < out.length; i += 1) {
      const r = (a[i & left] ?? 0) + (b[i & right] ?? 0);
      out[i] = r - r === 0 ? r : Number.NaN;
    }
    return numberSeries(out);
  },
});

/** Difference, element by element. */
export const minus = defineOp({
  name: '-',
  doc: 'Difference of two values of one unit.',
  example: 'high - low',
  args: [x, y],
  gives: 'number',
  unit: sameUnit,
  elementWise: true,
  run(call) {
    const { a, b, left, right, out } = operands(call);
    for (let i = 0; i < out.length; i += 1) {
      const r = (a[i & left] ?? 0) - (b[i & right] ?? 0);
      out[i] = r - r === 0 ? r : Number.NaN;
    }
    return numberSeries(out);
  },
});

/** Product, element by element. */
export const times = defineOp({
  name: '*',
  doc: 'Product; units multiply.',
  example: 'close * volume',
  args: [x, y],
  gives: 'number',
  unit: ([a = PURE, b = PURE]) => multiply(a, b),
  elementWise: true,
  run(call) {
    const { a, b, left, right, out } = operands(call);
    for (let i = 0; i < out.length; i += 1) {
      const r = (a[i & left] ?? 0) * (b[i & right] ?? 0);
      out[i] = r - r === 0 ? r : Number.NaN;
    }
    return numberSeries(out);
  },
});

/** Quotient, element by element. */
export const over = defineOp({
  name: '/',
  doc: 'Quotient; units divide. Division by 0 is missing.',
  example: 'close / lag(close, 1)',
  args: [x, y],
  gives: 'number',
  unit: ([a = PURE, b = PURE]) => divide(a, b),
  elementWise: true,
  holes: 'make',
  constantRule: ([, y]) => (y === 0 ? 'division by 0 is missing in every row' : undefined),
  run(call) {
    const { a, b, left, right, out } = operands(call);
    for (let i = 0; i < out.length; i += 1) {
      const r = (a[i & left] ?? 0) / (b[i & right] ?? 0);
      out[i] = r - r === 0 ? r : Number.NaN;
    }
    return numberSeries(out);
  },
});

/** Change of sign; its name sets it apart from the difference. */
export const negate = defineOp({
  name: 'negate',
  doc: 'The value with the other sign, written `-x`.',
  example: '-ret_1',
  args: [x],
  gives: 'number',
  unit: firstUnit,
  elementWise: true,
  run(call) {
    const { data, mask } = asNumbers(input(call, 0).series);
    const out = call.memory.numbers(call.rows);
    for (let i = 0; i < out.length; i += 1) out[i] = -(data[i & mask] ?? 0);
    return numberSeries(out);
  },
});

/** Cells and masks in locals: a loop that fetches them from objects takes three times as long. */
function operands(call: Call) {
  const { data: a, mask: left } = asNumbers(input(call, 0).series);
  const { data: b, mask: right } = asNumbers(input(call, 1).series);
  return { a, b, left, right, out: call.memory.numbers(call.rows) };
}
