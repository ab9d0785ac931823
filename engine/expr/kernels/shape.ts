import { LEAST_SHARE } from './variance.js';

/** Power sums of a window about a centre. */
interface Powers {
  center: number;
  known: number;
  s1: number;
  s2: number;
  s3: number;
  s4: number;
  /** Largest `s4` since the sums were rebuilt. */
  peak: number;
  /** How many of the latest known values are equal. */
  equal: number;
  last: number;
}

/** What to make of the central moments: skewness or kurtosis, of the sample or corrected for its size. */
export interface Shape {
  readonly order: 3 | 4;
  readonly corrected: boolean;
  readonly excess: boolean;
}

/**
 * Rolling skewness or kurtosis over known rows, from power sums about a centre near the mean, rebuilt as in `variance.ts`.
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
    center: 0,
    known: 0,
    s1: 0,
    s2: 0,
    s3: 0,
    s4: 0,
    peak: 0,
    equal: 0,
    last: Number.NaN,
  };
  const least = Math.max(min, shape.order);
  for (let i = 0; i < x.length; i += 1) {
    enter(p, x[i] ?? Number.NaN);
    if (i >= window) leave(p, x[i - window] ?? Number.NaN);
    if (anchors[i] === 1 || !precise(p)) recentre(x, Math.max(0, i - window + 1), i, p);
    const value = p.known < least || p.equal >= p.known ? Number.NaN : shapeOf(p, shape);
    out[i] = value - value === 0 ? value : Number.NaN;
  }
}

function enter(p: Powers, v: number): void {
  if (Number.isNaN(v)) return;
  p.equal = v === p.last ? p.equal + 1 : 1;
  p.last = v;
  shift(p, v, 1);
  if (p.s4 > p.peak) p.peak = p.s4;
}

function leave(p: Powers, v: number): void {
  if (!Number.isNaN(v)) shift(p, v, -1);
}

/** Whether the sums still carry enough digits: the mean near the centre, and no far value gone since the rebuild. */
function precise(p: Powers): boolean {
  if (p.equal >= p.known) return true;
  const squares = p.s2 - (p.s1 * p.s1) / p.known;
  return 4 * p.s1 * p.s1 <= p.known * squares && p.s4 >= p.peak * LEAST_SHARE;
}

function shift(p: Powers, v: number, sign: number): void {
  const d = v - p.center;
  const square = d * d;
  p.known += sign;
  p.s1 += sign * d;
  p.s2 += sign * square;
  p.s3 += sign * square * d;
  p.s4 += sign * square * square;
}

function recentre(x: Readonly<Float64Array>, from: number, to: number, p: Powers): void {
  let known = 0;
  let sum = 0;
  for (let j = from; j <= to; j += 1) {
    const v = x[j] ?? Number.NaN;
    if (Number.isNaN(v)) continue;
    known += 1;
    sum += v;
  }
  p.center = known > 0 ? sum / known : 0;
  p.known = 0;
  p.s1 = 0;
  p.s2 = 0;
  p.s3 = 0;
  p.s4 = 0;
  for (let j = from; j <= to; j += 1) {
    const v = x[j] ?? Number.NaN;
    if (!Number.isNaN(v)) shift(p, v, 1);
  }
  p.peak = p.s4;
}

function shapeOf(p: Powers, shape: Shape): number {
  const k = p.known;
  const m = p.s1 / k;
  const m2 = p.s2 / k - m * m;
  if (shape.order === 3) {
    const m3 = p.s3 / k - (3 * m * p.s2) / k + 2 * m * m * m;
    const g = m3 / (m2 * Math.sqrt(m2));
    return shape.corrected ? (g * Math.sqrt(k * (k - 1))) / (k - 2) : g;
  }
  const m4 = p.s4 / k - (4 * m * p.s3) / k + (6 * m * m * p.s2) / k - 3 * m * m * m * m;
  const raw = m4 / (m2 * m2);
  if (!shape.corrected) return shape.excess ? raw - 3 : raw;
  const excess = ((k - 1) / ((k - 2) * (k - 3))) * ((k + 1) * (raw - 3) + 6);
  return shape.excess ? excess : excess + 3;
}
