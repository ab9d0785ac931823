import { add, sums, total, worn } from './compensated.js';
import { isMissing } from './missing.js';

/** Sums of products keep so many digits, as a share of the deviations. */
const LAST_DIGITS = 1e-14;

/** What to make of the sums. `slope`: of x on y by least squares. */
export type PairStatistic = 'cov' | 'corr' | 'slope';

/** Where the compensated sums of distances and their products stand in the state. */
const X = 0;
const Y = 2;
const XX = 4;
const YY = 6;
const XY = 8;

type Numbers = Readonly<Float64Array>;

/** A window of pairs: sums about a centre near the means, and what else is known of it. */
interface Pairs {
  readonly state: Float64Array;
  /** Centres, and the largest sums of squares since the last rebuild: of x, of y. */
  readonly center: Float64Array;
  readonly peak: Float64Array;
  readonly last: Float64Array;
  known: number;
  /** Whether sums have overflowed for good: nothing leaves a window of all rows. */
  over: boolean;
  /** How many of the latest values of each side are equal. */
  equalX: number;
  equalY: number;
}

/**
 * Rolling covariance, correlation or slope over rows where both series are known, from compensated sums about centres near the
 * means, rebuilt at anchors and when they lose digits, as in `variance.ts`.
 * @param out  NaN where fewer than `min` pairs are known; a covariance with a flat side is exactly 0, a correlation missing.
 */
export function rollingPairs(
  x: Numbers,
  y: Numbers,
  window: number,
  min: number,
  anchors: Readonly<Uint8Array>,
  statistic: PairStatistic,
  ddof: number,
  out: Float64Array,
): void {
  const p = fresh();
  const all = window === Number.POSITIVE_INFINITY;
  for (let i = 0; i < x.length; i += 1) {
    enter(p, x, y, i);
    if (i >= window) leave(p, x, y, i - window);
    if ((anchors[i] === 1 && !all) || stale(p)) rebuild(p, x, y, i - window + 1, i);
    const value = p.known < min ? Number.NaN : statisticOf(p, statistic, ddof);
    out[i] = value - value === 0 ? value : Number.NaN;
  }
}

function fresh(): Pairs {
  return {
    state: sums(5),
    center: new Float64Array(2),
    peak: new Float64Array(2),
    last: new Float64Array(2).fill(Number.NaN),
    known: 0,
    over: false,
    equalX: 0,
    equalY: 0,
  };
}

/** Rows are handed on, not their values: a fraction handed to a function that is not inlined takes memory. */
function enter(p: Pairs, x: Numbers, y: Numbers, row: number): void {
  const a = x[row] ?? Number.NaN;
  const b = y[row] ?? Number.NaN;
  if (isMissing(a) || isMissing(b)) return;
  p.known += 1;
  p.equalX = a === p.last[0] ? p.equalX + 1 : 1;
  p.equalY = b === p.last[1] ? p.equalY + 1 : 1;
  p.last[0] = a;
  p.last[1] = b;
  shift(p, a, b, 1);
  p.peak[0] = Math.max(p.peak[0] ?? 0, p.state[XX] ?? 0);
  p.peak[1] = Math.max(p.peak[1] ?? 0, p.state[YY] ?? 0);
}

function leave(p: Pairs, x: Numbers, y: Numbers, row: number): void {
  const a = x[row] ?? Number.NaN;
  const b = y[row] ?? Number.NaN;
  if (isMissing(a) || isMissing(b)) return;
  p.known -= 1;
  shift(p, a, b, -1);
}

function shift(p: Pairs, a: number, b: number, sign: number): void {
  const dx = a - (p.center[0] ?? 0);
  const dy = b - (p.center[1] ?? 0);
  add(p.state, X, sign * dx);
  add(p.state, Y, sign * dy);
  add(p.state, XX, sign * dx * dx);
  add(p.state, YY, sign * dy * dy);
  add(p.state, XY, sign * dx * dy);
}

function statisticOf(p: Pairs, statistic: PairStatistic, ddof: number): number {
  const { state, known } = p;
  if (flat(p))
    return (statistic === 'cov' && known > ddof) || statistic === 'slope' ? 0 : Number.NaN;
  const x = total(state, X);
  const y = total(state, Y);
  const xx = total(state, XX) - (x * x) / known;
  const yy = total(state, YY) - (y * y) / known;
  const sizes = Math.sqrt(xx) * Math.sqrt(yy);
  const found = total(state, XY) - (x * y) / known;
  // What is nothing but last digits is 0, wherever the data start: people compare with 0.
  const xy = Math.abs(found) <= LAST_DIGITS * sizes ? 0 : found;
  if (statistic === 'cov') return known > ddof ? xy / (known - ddof) : Number.NaN;
  if (statistic === 'slope') return xy / yy;
  return Math.max(-1, Math.min(1, xy / sizes));
}

/** Whether either side has only equal values. */
function flat(p: Pairs): boolean {
  return p.equalX >= p.known || p.equalY >= p.known;
}

/** Whether the sums of either side have lost digits. */
function stale(p: Pairs): boolean {
  if (flat(p) || p.over) return false;
  const { state, known, peak } = p;
  return (
    worn(total(state, X), total(state, XX), known, peak[0] ?? 0) ||
    worn(total(state, Y), total(state, YY), known, peak[1] ?? 0)
  );
}

function finite({ state }: Pairs): boolean {
  const sums = (state[XX] ?? 0) + (state[YY] ?? 0);
  return sums - sums === 0;
}

/** Sum anew about the means of the pairs from `from`, −∞ for the first row and for good, to `to`. */
function rebuild(p: Pairs, x: Numbers, y: Numbers, from: number, to: number): void {
  const start = Math.max(0, from);
  recenter(p, x, y, start, to);
  p.state.fill(0);
  for (let j = start; j <= to; j += 1) {
    const a = x[j] ?? Number.NaN;
    const b = y[j] ?? Number.NaN;
    if (!isMissing(a) && !isMissing(b)) shift(p, a, b, 1);
  }
  p.peak[0] = p.state[XX] ?? 0;
  p.peak[1] = p.state[YY] ?? 0;
  p.over = from === Number.NEGATIVE_INFINITY && !finite(p);
}

/** Centres at the means, off by no more than their own rounding where the values are nearly equal. */
function recenter(p: Pairs, x: Numbers, y: Numbers, from: number, to: number): void {
  let known = 0;
  let firstX = 0;
  let firstY = 0;
  let offX = 0;
  let offY = 0;
  for (let j = from; j <= to; j += 1) {
    const a = x[j] ?? Number.NaN;
    const b = y[j] ?? Number.NaN;
    if (isMissing(a) || isMissing(b)) continue;
    if (known === 0) {
      firstX = a;
      firstY = b;
    }
    known += 1;
    offX += a - firstX;
    offY += b - firstY;
  }
  p.center[0] = known === 0 ? 0 : firstX + offX / known;
  p.center[1] = known === 0 ? 0 : firstY + offY / known;
}
