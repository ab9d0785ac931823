import { numberSeries, numbers } from '../kernels/read.js';
import { type ConstantArg, defineOp, type SeriesArg } from '../op.js';
import { sameUnit } from './shared.js';

const high: SeriesArg = { name: 'high', is: 'series', type: 'number' };
const low: SeriesArg = { name: 'low', is: 'series', type: 'number' };
const close: SeriesArg = { name: 'close', is: 'series', type: 'number' };
const factor = (name: string, preset: number): ConstantArg => ({
  name,
  is: 'number',
  default: preset,
  least: 0,
});

/** State of a parabolic stop: which way it trails, the stop, the best price since the turn, its pace, and the ends of the two known bars before. */
interface Stop {
  up: boolean;
  sar: number;
  best: number;
  pace: number;
  high1: number;
  high2: number;
  low1: number;
  low2: number;
}

export const psar = defineOp({
  name: 'psar',
  doc: 'Parabolic stop and reverse. A missing bar gives missing and leaves the state as it is.',
  source: 'Wilder (1978), New Concepts in Technical Trading Systems',
  example: 'close > psar(high, low, close)',
  args: [high, low, close, factor('start', 0.02), factor('step', 0.02), factor('limit', 0.2)],
  gives: 'number',
  unit: sameUnit,
  kind: 'expanding',
  warmup: () => 1,
  costly: true,
  run(call) {
    const [h, l, c] = [numbers(call, 0), numbers(call, 1), numbers(call, 2)];
    const start = call.constants.number('start');
    const step = call.constants.number('step');
    const limit = call.constants.number('limit');
    const out = call.memory.numbers(call.rows).fill(Number.NaN);
    let before: { readonly h: number; readonly l: number; readonly c: number } | undefined;
    let stop: Stop | undefined;
    for (let i = 0; i < call.rows; i += 1) {
      const bar = { h: h[i] ?? Number.NaN, l: l[i] ?? Number.NaN, c: c[i] ?? Number.NaN };
      if (Number.isNaN(bar.h + bar.l + bar.c)) continue;
      if (stop !== undefined) advance(stop, bar.h, bar.l, start, step, limit);
      else if (before !== undefined) stop = first(before, bar, start);
      before = bar;
      if (stop !== undefined) out[i] = stop.sar;
    }
    return numberSeries(out);
  },
});

function first(
  a: { readonly h: number; readonly l: number; readonly c: number },
  b: { readonly h: number; readonly l: number; readonly c: number },
  start: number,
): Stop {
  const up = b.c > a.c;
  return {
    up,
    sar: up ? a.l : a.h,
    best: up ? Math.max(a.h, b.h) : Math.min(a.l, b.l),
    pace: start,
    high1: b.h,
    high2: a.h,
    low1: b.l,
    low2: a.l,
  };
}

/** One bar on: the stop closes in, stays outside the two bars before, and turns when it is touched. */
function advance(
  s: Stop,
  high: number,
  low: number,
  start: number,
  step: number,
  limit: number,
): void {
  s.sar += s.pace * (s.best - s.sar);
  s.sar = s.up ? Math.min(s.sar, s.low1, s.low2) : Math.max(s.sar, s.high1, s.high2);
  const touched = s.up ? low < s.sar : high > s.sar;
  const better = s.up ? high > s.best : low < s.best;
  if (touched) {
    s.sar = s.up ? Math.max(s.best, s.high1, high) : Math.min(s.best, s.low1, low);
    s.best = s.up ? low : high;
    s.up = !s.up;
    s.pace = start;
  } else if (better) {
    s.best = s.up ? high : low;
    s.pace = Math.min(s.pace + step, limit);
  }
  s.high2 = s.high1;
  s.high1 = high;
  s.low2 = s.low1;
  s.low1 = low;
}

export const supertrend = defineOp({
  name: 'supertrend',
  doc: 'Trailing stop at k mean true ranges of n bars from the middle of the bar; its direction is sign(close - supertrend(…)).',
  example: 'close > supertrend(high, low, close, n=10, k=3)',
  args: [high, low, close, { name: 'n', is: 'integer', default: 10, least: 1 }, factor('k', 3)],
  gives: 'number',
  unit: sameUnit,
  kind: 'expanding',
  warmup: (c) => c.number('n') - 1,
  costly: true,
  run(call) {
    const [h, l, c] = [numbers(call, 0), numbers(call, 1), numbers(call, 2)];
    const n = call.constants.number('n');
    const k = call.constants.number('k');
    const out = call.memory.numbers(call.rows).fill(Number.NaN);
    const ranges: number[] = [];
    let before = Number.NaN;
    let band: Band | undefined;
    for (let i = 0; i < call.rows; i += 1) {
      const [high, low, close] = [h[i] ?? Number.NaN, l[i] ?? Number.NaN, c[i] ?? Number.NaN];
      if (Number.isNaN(high + low + close)) continue;
      ranges.push(trueRange(high, low, before));
      if (ranges.length > n) ranges.shift();
      if (ranges.length === n) {
        const width = (k * ranges.reduce((a, b) => a + b, 0)) / n;
        band = follow(band, (high + low) / 2, width, close, before);
        out[i] = band.up ? band.lower : band.upper;
      }
      before = close;
    }
    return numberSeries(out);
  },
});

function trueRange(high: number, low: number, before: number): number {
  if (Number.isNaN(before)) return high - low;
  return Math.max(high - low, Math.abs(high - before), Math.abs(low - before));
}

interface Band {
  readonly upper: number;
  readonly lower: number;
  readonly up: boolean;
}

/** Bands only close in while the close before stays inside them; the direction turns when one is touched. */
function follow(
  last: Band | undefined,
  middle: number,
  width: number,
  close: number,
  before: number,
): Band {
  const above = middle + width;
  const below = middle - width;
  if (last === undefined) return { upper: above, lower: below, up: close > below };
  const upper = above < last.upper || before > last.upper ? above : last.upper;
  const lower = below > last.lower || before < last.lower ? below : last.lower;
  return { upper, lower, up: last.up ? close > lower : close >= upper };
}
