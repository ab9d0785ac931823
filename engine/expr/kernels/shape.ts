import { add, centerOf, LEAST_LEFT, sums, total } from './compensated.js';
import { isMissing } from './missing.js';

/** What to make of the central moments: skewness or kurtosis, of the sample or corrected for its size. */
export interface Shape {
  readonly order: 3 | 4;
  readonly corrected: boolean;
  readonly excess: boolean;
}

/** Where the compensated power sums stand in the state. */
const FIRST = 0;
const SECOND = 2;
const THIRD = 4;
const FOURTH = 6;

/** Power sums of a window about a centre near its mean, and what else is known of it. */
interface Powers {
  readonly state: Float64Array;
  /** The centre; the largest sum of fourth powers since the last rebuild; the latest known value. */
  readonly center: Float64Array;
  readonly peak: Float64Array;
  readonly last: Float64Array;
  known: number;
  /** Whether sums have overflowed for good: nothing leaves a window of all rows. */
  over: boolean;
  /** How many of the latest known values are equal. */
  equal: number;
}

/**
 * Rolling skewness or kurtosis over known rows, from compensated power sums about a centre near the mean, rebuilt as in
 * `variance.ts`.
 * @param out  NaN where fewer than `min` rows are known, too few for the moment, or all are equal.
 */
export function rollingShape(
  x: Readonly<Float64Array>,
  window: number,
  min: number,
  anchors: Readonly<Uint8Array>,
  shape: Shape,
  out: Float64Array,
): void {
  const p: Powers = {
    state: sums(4),
    center: new Float64Array(1),
    peak: new Float64Array(1),
    last: Float64Array.of(Number.NaN),
    known: 0,
    over: false,
    equal: 0,
  };
  const all = window === Number.POSITIVE_INFINITY;
  const least = Math.max(min, shape.order);
  for (let i = 0; i < x.length; i += 1) {
    enter(p, x[i] ?? Number.NaN);
    if (i >= window) leave(p, x[i - window] ?? Number.NaN);
    if ((anchors[i] === 1 && !all) || stale(p)) {
      rebuild(p, x, Math.max(0, i - window + 1), i);
      p.over = all && !Number.isFinite(p.peak[0]);
    }
    const value = p.known < least || p.equal >= p.known ? Number.NaN : shapeOf(p, shape);
    out[i] = value - value === 0 ? value : Number.NaN;
  }
}

function enter(p: Powers, v: number): void {
  if (isMissing(v)) return;
  p.known += 1;
  p.equal = v === p.last[0] ? p.equal + 1 : 1;
  p.last[0] = v;
  shift(p, v, 1);
  p.peak[0] = Math.max(p.peak[0] ?? 0, p.state[FOURTH] ?? 0);
}

function leave(p: Powers, v: number): void {
  if (isMissing(v)) return;
  p.known -= 1;
  shift(p, v, -1);
}

function shift(p: Powers, v: number, sign: number): void {
  const d = v - (p.center[0] ?? 0);
  const square = d * d;
  add(p.state, FIRST, sign * d);
  add(p.state, SECOND, sign * square);
  add(p.state, THIRD, sign * square * d);
  add(p.state, FOURTH, sign * square * square);
}

/**
 * Whether the sums have lost digits: the mean is more than a deviation from the centre, or a far value has gone. NaN after an
 * overflow counts.
 */
function stale(p: Powers): boolean {
  if (p.equal >= p.known || p.over) return false;
  const off = total(p.state, FIRST);
  const near = 2 * off * off <= p.known * total(p.state, SECOND);
  return !(near && total(p.state, FOURTH) >= (p.peak[0] ?? 0) * LEAST_LEFT);
}

/** Sum anew about the mean of the known rows from `from` to `to`. */
function rebuild(p: Powers, x: Readonly<Float64Array>, from: number, to: number): void {
  p.center[0] = centerOf(x, from, to);
  p.state.fill(0);
  for (let j = from; j <= to; j += 1) {
    const v = x[j] ?? Number.NaN;
    if (!isMissing(v)) shift(p, v, 1);
  }
  p.peak[0] = p.state[FOURTH] ?? 0;
}

/** Third powers of a long window keep no more digits than this. */
const LAST_DIGITS = 1e-13;

function shapeOf(p: Powers, shape: Shape): number {
  const k = p.known;
  const m = total(p.state, FIRST) / k;
  const second = total(p.state, SECOND) / k;
  const third = total(p.state, THIRD) / k;
  const m2 = second - m * m;
  if (shape.order === 3) {
    const found = (third - 3 * m * second + 2 * m * m * m) / (m2 * Math.sqrt(m2));
    // What is nothing but last digits is 0, wherever the data start: people compare with 0.
    const g = Math.abs(found) <= LAST_DIGITS ? 0 : found;
    return shape.corrected ? (g * Math.sqrt(k * (k - 1))) / (k - 2) : g;
  }
  const fourth = total(p.state, FOURTH) / k;
  const m4 = fourth - 4 * m * third + 6 * m * m * second - 3 * m * m * m * m;
  const raw = m4 / (m2 * m2);
  if (!shape.corrected) return shape.excess ? raw - 3 : raw;
  const excess = ((k - 1) / ((k - 2) * (k - 3))) * ((k + 1) * (raw - 3) + 6);
  return shape.excess ? excess : excess + 3;
}
