import { Frame, type Numbers } from '../../../engine/sdk/index.js';
import { LEAST, usualSize, WINDOW } from './sigma.js';

/** A move or a wick counts from so many robust standard deviations on. */
const FAR = 20;
/** A move is taken back if the next bar reverses this share of it. */
const REVERSED = 0.8;
/** So many bars in a row with one close and no volume are stale. */
const STALE = 12;

/** Columns of clean bars that flags are made of. */
interface Bars {
  readonly open: Numbers;
  readonly high: Numbers;
  readonly low: Numbers;
  readonly close: Numbers;
  readonly volume: Numbers;
}

/**
 * What is odd about bars; prices are not edited. Whatever is compared with the usual is compared with the bars before it, and
 * what has nothing to be compared with is not flagged.
 */
export function flagsOf(frame: Frame): Frame {
  const bars: Bars = {
    open: frame.column('open'),
    high: frame.column('high'),
    low: frame.column('low'),
    close: frame.column('close'),
    volume: frame.column('volume'),
  };
  const returns = returnsOf(bars.close);
  const sigma = usualSize(returns);
  const flag = (odd: (t: number) => boolean) => {
    const values = new Uint8Array(frame.length);
    for (let t = 0; t < values.length; t++) values[t] = odd(t) ? 1 : 0;
    return { dtype: 'bool', values } as const;
  };
  return Frame.of({
    ts: frame.get('ts'),
    is_suspect: flag((t) => isSuspect(bars, returns, sigma, t)),
    is_wick: flag((t) => isWick(bars, sigma, t)),
    is_moved: flag((t) => isMoved(bars, t)),
    is_stale: flag(staleness(bars)),
  });
}

function returnsOf(close: Numbers): Float64Array {
  const returns = new Float64Array(close.length).fill(Number.NaN);
  for (let t = 1; t < close.length; t++) returns[t] = Math.log(at(close, t) / at(close, t - 1));
  return returns;
}

const at = (values: Numbers, t: number): number => values[t] ?? Number.NaN;

/** A move far beyond the usual on less than usual volume that the next bar takes back: a print, not a price. */
function isSuspect(bars: Bars, returns: Numbers, sigma: Numbers, t: number): boolean {
  const move = at(returns, t);
  if (!(Math.abs(move) > FAR * at(sigma, t))) return false;
  const back = -Math.sign(move) * at(returns, t + 1);
  if (!(back >= REVERSED * Math.abs(move))) return false;
  return isBelowMedian(at(bars.volume, t), bars.volume.subarray(Math.max(0, t - WINDOW), t));
}

/** Whether a value is less than the median of what is there of a window; no answer, and so no, where that is too little. */
function isBelowMedian(value: number, window: Numbers): boolean {
  let [count, up, low, high] = [0, 0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const other of window) {
    if (Number.isNaN(other)) continue;
    count++;
    if (other > value) {
      up++;
      high = Math.min(high, other);
    } else low = Math.max(low, other);
  }
  if (count < LEAST) return false;
  return 2 * up === count ? value < (low + high) / 2 : 2 * up > count;
}

/** High or low farther from open and close than any usual move could bring it. */
function isWick({ open, high, low, close }: Bars, sigma: Numbers, t: number): boolean {
  const far = FAR * at(sigma, t);
  const above = at(high, t) / Math.max(at(open, t), at(close, t));
  const below = Math.min(at(open, t), at(close, t)) / at(low, t);
  return Math.log(Math.max(above, below)) > far;
}

/** Nothing was traded, yet the price is not one: within the bar, or against the bar before. */
function isMoved({ high, low, close, volume }: Bars, t: number): boolean {
  if (at(volume, t) !== 0) return false;
  const before = at(close, t - 1);
  return at(high, t) !== at(low, t) || (!Number.isNaN(before) && before !== at(close, t));
}

/** Asked bar by bar: whether it is the twelfth or a later one of a run with one close and no volume. */
function staleness({ close, volume }: Bars): (t: number) => boolean {
  let run = 0;
  return (t) => {
    const still = at(volume, t) === 0;
    run = !still ? 0 : at(close, t) === at(close, t - 1) ? run + 1 : 1;
    return run >= STALE;
  };
}
