import { asNumbers, input, numberSeries } from '../kernels/read.js';
import { type Call, defineOp, type SeriesArg } from '../op.js';
import type { NumberSeries } from '../types.js';
import { sameUnit, x } from './shared.js';

const first: SeriesArg = { name: 'a', is: 'series', type: 'number' };
const more: SeriesArg = { name: 'b', is: 'series', type: 'number', rest: 1 };

/** `max(a, b, …)` in one row; rolling maxima are `highest`. */
export const max = defineOp({
  name: 'max',
  doc: 'The largest argument in one row; missing if any is missing. Over a window it is `highest`.',
  example: 'max(2, past_quantile(rv_z, 0.97))',
  args: [first, more],
  gives: 'number',
  unit: sameUnit,
  elementWise: true,
  run: (call) =>
    fold(call, (out, { data, mask }) => {
      for (let i = 0; i < out.length; i += 1) {
        const u = out[i] ?? Number.NaN;
        const v = data[i & mask] ?? Number.NaN;
        out[i] = Math.max(u, v);
      }
    }),
});

/** `min(a, b, …)` in one row; rolling minima are `lowest`. */
export const min = defineOp({
  name: 'min',
  doc: 'The smallest argument in one row; missing if any is missing. Over a window it is `lowest`.',
  example: 'min(open, close) - low',
  args: [first, more],
  gives: 'number',
  unit: sameUnit,
  elementWise: true,
  run: (call) =>
    fold(call, (out, { data, mask }) => {
      for (let i = 0; i < out.length; i += 1) {
        const u = out[i] ?? Number.NaN;
        const v = data[i & mask] ?? Number.NaN;
        out[i] = Math.min(u, v);
      }
    }),
});

/** `average(a, b, …)` of those that are known. */
export const average = defineOp({
  name: 'average',
  doc: 'Mean of the known arguments in one row; missing if none is known. Over a window it is `mean`.',
  example: 'average(vote_sma_10, vote_ema_10)',
  args: [first, more],
  gives: 'number',
  unit: sameUnit,
  elementWise: true,
  fills: true,
  run(call) {
    const all = call.inputs.map((i) => asNumbers(i.series));
    const out = call.memory.numbers(call.rows);
    for (let i = 0; i < call.rows; i += 1) {
      let sum = 0;
      let known = 0;
      for (let k = 0; k < all.length; k += 1) {
        const series = all[k];
        const v = series === undefined ? Number.NaN : (series.data[i & series.mask] ?? Number.NaN);
        if (Number.isNaN(v)) continue;
        sum += v;
        known += 1;
      }
      const r = sum / known;
      out[i] = r - r === 0 ? r : Number.NaN;
    }
    return numberSeries(out);
  },
});

/** `clip(x, low, high)`. */
export const clip = defineOp({
  name: 'clip',
  doc: 'x, but never beyond low or high; missing where low is above high.',
  example: 'clip(ret_12 / rv_96, -3, 3)',
  args: [
    x,
    { name: 'low', is: 'series', type: 'number' },
    { name: 'high', is: 'series', type: 'number' },
  ],
  gives: 'number',
  unit: sameUnit,
  elementWise: true,
  holes: 'make',
  constantRule: ([, low, high]) =>
    typeof low === 'number' && typeof high === 'number' && low > high
      ? `low is ${low} and lies above high, which is ${high}`
      : undefined,
  run(call) {
    const v = asNumbers(input(call, 0).series);
    const low = asNumbers(input(call, 1).series);
    const high = asNumbers(input(call, 2).series);
    const out = call.memory.numbers(call.rows);
    for (let i = 0; i < call.rows; i += 1) {
      const value = v.data[i & v.mask] ?? Number.NaN;
      const bottom = low.data[i & low.mask] ?? Number.NaN;
      const top = high.data[i & high.mask] ?? Number.NaN;
      if (!(bottom <= top) || Number.isNaN(value)) out[i] = Number.NaN;
      else out[i] = Math.min(Math.max(value, bottom), top);
    }
    return numberSeries(out);
  },
});

function fold(call: Call, take: (out: Float64Array, next: NumberSeries) => void): NumberSeries {
  const out = call.memory.numbers(call.rows);
  const { data, mask } = asNumbers(input(call, 0).series);
  for (let i = 0; i < call.rows; i += 1) out[i] = data[i & mask] ?? Number.NaN;
  for (const next of call.inputs.slice(1)) take(out, asNumbers(next.series));
  return numberSeries(out);
}
