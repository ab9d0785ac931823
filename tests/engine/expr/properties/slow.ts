import type { Cell } from '../../../../engine/expr/op-case.js';
import type { Columns } from './cells.js';

type Flags = Columns['c'];

/**
 * Whether b comes at a row within so many rows after a: neither b nor `unless` stands between the latest such a and the row, and
 * `unless` not at the row itself.
 */
export function then(a: Flags, b: Flags, unless: Flags, within: number, row: number): boolean {
  if (b[row] !== true || unless[row] === true) return false;
  for (let s = row - 1; s >= Math.max(0, row - within); s -= 1) {
    if (a[s] === true) return true;
    if (b[s] === true || unless[s] === true) return false;
  }
  return false;
}

/** Σ of the known values with the weight that each has left, and of the mean of the first `seed` of them. */
export function ema(
  known: readonly number[],
  alpha: number,
  seed: number,
  warm: number,
): number | undefined {
  const n = known.length;
  if (n < Math.max(seed, warm)) return undefined;
  const first = known.slice(0, seed).reduce((a, b) => a + b, 0) / seed;
  let value = (1 - alpha) ** (n - seed) * first;
  for (let j = seed; j < n; j += 1) value += alpha * (1 - alpha) ** (n - 1 - j) * (known[j] ?? 0);
  return value;
}

interface Bar {
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** The known bars up to a row; none where the row itself is missing. Highs stand 2 above z, lows 1 below, closes at it. */
function barsUpTo({ z }: Columns, row: number): readonly Bar[] {
  if (Number.isNaN(z[row])) return [];
  const known = z.slice(0, row + 1).filter((v) => !Number.isNaN(v));
  return known.map((v) => ({ high: v + 2, low: v - 1, close: v }));
}

/** Wilder’s parabolic stop, from the first two bars on. */
export function psar(start: number, step: number, limit: number) {
  return (columns: Columns, row: number): Cell => {
    const bars = barsUpTo(columns, row);
    const [a, b] = bars;
    if (a === undefined || b === undefined) return null;
    let up = b.close > a.close;
    let stop = up ? a.low : a.high;
    let best = up ? Math.max(a.high, b.high) : Math.min(a.low, b.low);
    let pace = start;
    for (let i = 2; i < bars.length; i += 1) {
      const { high, low } = bars[i] ?? b;
      const last = bars.slice(i - 2, i);
      const [highs, lows] = [last.map((l) => l.high), last.map((l) => l.low)];
      const closer = stop + pace * (best - stop);
      stop = up ? Math.min(closer, ...lows) : Math.max(closer, ...highs);
      if (up ? low < stop : high > stop) {
        stop = up ? Math.max(best, high, highs[1] ?? high) : Math.min(best, low, lows[1] ?? low);
        best = up ? low : high;
        up = !up;
        pace = start;
      } else if (up ? high > best : low < best) {
        best = up ? high : low;
        pace = Math.min(limit, pace + step);
      }
    }
    return stop;
  };
}

/** Bands of k mean true ranges around the middle, which only close in until the close before has gone through them. */
export function supertrend(n: number, k: number) {
  return (columns: Columns, row: number): Cell => {
    const bars = barsUpTo(columns, row);
    const ranges = bars.map(({ high, low }, i) => {
      const before = bars[i - 1]?.close ?? high;
      return Math.max(high, before) - Math.min(low, i === 0 ? low : before);
    });
    let [upper, lower] = [0, 0];
    let up: boolean | undefined;
    for (let i = n - 1; i < bars.length; i += 1) {
      const { high, low, close } = bars[i] ?? { high: 0, low: 0, close: 0 };
      const before = bars[i - 1]?.close ?? close;
      const width = (k * ranges.slice(i - n + 1, i + 1).reduce((a, b) => a + b, 0)) / n;
      const [above, below] = [(high + low) / 2 + width, (high + low) / 2 - width];
      const first: boolean = up === undefined;
      upper = first || before > upper ? above : Math.min(above, upper);
      lower = first || before < lower ? below : Math.max(below, lower);
      up = first || up === true ? close > lower : close >= upper;
    }
    return up === undefined ? null : up ? lower : upper;
  };
}
