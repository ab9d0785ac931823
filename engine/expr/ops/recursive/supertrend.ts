import { numberSeries, numbers } from '../../kernels/read.js';
import { defineOp } from '../../op.js';
import { sameUnit } from '../shared.js';
import { factor, highLowClose } from './bars.js';

export const supertrend = defineOp({
  name: 'supertrend',
  doc: 'Trailing stop at k mean true ranges of n bars from the middle of the bar; its direction is sign(close - supertrend(…)). Missing before n known bars; a missing bar gives missing and leaves the state as it is.',
  formula:
    'lower = (high + low) / 2 − k · mean(true range, n) trails below while closes stay above it, upper = … + … above; the other one holds once it is crossed',
  example: 'close > supertrend(high, low, close, n=10, k=3)',
  args: [...highLowClose, { name: 'n', is: 'integer', default: 10, least: 1 }, factor('k', 3)],
  gives: 'number',
  unit: sameUnit,
  kind: 'expanding',
  warmup: (c) => c.number('n') - 1,
  costly: true,
  cases: [
    // True ranges 2, 2, 4, 8: widths 2, 3, 6. The lower band rises from 8 to 10; the close of 6 crosses it, and the upper one is at 12.
    {
      call: 'supertrend(high, low, close, n=2, k=1)',
      rows: {
        high: [11, 11, null, 14, 7],
        low: [9, 9, null, 12, 5],
        close: [10, 10, null, 13, 6],
      },
      gives: [null, 8, null, 10, 12],
    },
  ],
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
