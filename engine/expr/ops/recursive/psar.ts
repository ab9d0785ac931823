import { numberSeries, numbers } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { sameUnit } from '../shared.js';
import { factor, highLowClose } from './bars.js';

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
  doc: 'Parabolic stop and reverse. A missing bar gives missing and leaves the state as it is; the first known bar has no stop yet.',
  formula:
    'stop += pace · (best − stop), kept outside the two bars before; pace += step at a new best, up to limit; touched: it turns, stop = best, pace = start',
  source: 'Wilder (1978), New Concepts in Technical Trading Systems',
  example: 'close > psar(high, low, close)',
  args: [...highLowClose, factor('start', 0.02), factor('step', 0.02), factor('limit', 0.2)],
  gives: 'number',
  unit: sameUnit,
  kind: 'expanding',
  warmup: () => 1,
  costly: true,
  cases: [
    // It rises at 0.02, 0.04 and 0.06 of the way to the best high, and turns at 13 when the low of 8 goes through it.
    {
      call: 'psar(high, low, close)',
      rows: {
        high: [10, 11, 12, null, 13, 9],
        low: [9, 10, 11, null, 12, 8],
        close: [10, 11, 12, null, 13, 8],
      },
      gives: [null, 9, 9, null, 9.12, 13],
    },
  ],
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
