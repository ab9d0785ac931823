import { LEAST_SHARE } from './variance.js';

/** Sums of a window of pairs about their centres. */
interface Pairs {
  cx: number;
  cy: number;
  known: number;
  sx: number;
  sy: number;
  sxx: number;
  syy: number;
  sxy: number;
  /** Largest sums of squares since they were rebuilt. */
  peakX: number;
  peakY: number;
  /** How many of the latest values of each side are equal. */
  equalX: number;
  equalY: number;
  lastX: number;
  lastY: number;
}

/** What to make of the sums. `slope`: of x on y by least squares. */
export type PairStatistic = 'cov' | 'corr' | 'slope';

/**
 * Rolling covariance, correlation or slope over rows where both series are known, from sums about centres near the means,
 * rebuilt at anchors and when they lose digits, as in `variance.ts`.
 * @param out  NaN where fewer than `min` pairs are known; a covariance with a flat side is exactly 0, a correlation missing.
 */
export function rollingPairs(
  x: Readonly<Float64Array>,
  y: Readonly<Float64Array>,
  window: number,
  min: number,
  anchors: Readonly<Uint8Array>,
  statistic: PairStatistic,
  ddof: number,
  out: Float64Array,
): void {
  const p = fresh();
  for (let i = 0; i < x.length; i += 1) {
    enter(p, x[i] ?? Number.NaN, y[i] ?? Number.NaN);
    if (i >= window) leave(p, x[i - window] ?? Number.NaN, y[i - window] ?? Number.NaN);
    if (anchors[i] === 1 || !precise(p)) recentre(x, y, Math.max(0, i - window + 1), i, p);
    const value = p.known < min ? Number.NaN : statisticOf(p, statistic, ddof);
    out[i] = value - value === 0 ? value : Number.NaN;
  }
}

function fresh(): Pairs {
  return {
    cx: 0,
    cy: 0,
    known: 0,
    sx: 0,
    sy: 0,
    sxx: 0,
    syy: 0,
    sxy: 0,
    peakX: 0,
    peakY: 0,
    equalX: 0,
    equalY: 0,
    lastX: Number.NaN,
    lastY: Number.NaN,
  };
}

function enter(p: Pairs, a: number, b: number): void {
  if (Number.isNaN(a) || Number.isNaN(b)) return;
  p.equalX = a === p.lastX ? p.equalX + 1 : 1;
  p.equalY = b === p.lastY ? p.equalY + 1 : 1;
  p.lastX = a;
  p.lastY = b;
  shift(p, a, b, 1);
  if (p.sxx > p.peakX) p.peakX = p.sxx;
  if (p.syy > p.peakY) p.peakY = p.syy;
}

function leave(p: Pairs, a: number, b: number): void {
  if (!Number.isNaN(a) && !Number.isNaN(b)) shift(p, a, b, -1);
}

function statisticOf(p: Pairs, statistic: PairStatistic, ddof: number): number {
  if (flat(p))
    return statistic === 'cov' && p.known > ddof ? 0 : statistic === 'slope' ? 0 : Number.NaN;
  const xy = p.sxy - (p.sx * p.sy) / p.known;
  if (statistic === 'cov') return p.known > ddof ? xy / (p.known - ddof) : Number.NaN;
  const yy = p.syy - (p.sy * p.sy) / p.known;
  if (statistic === 'slope') return xy / yy;
  const xx = p.sxx - (p.sx * p.sx) / p.known;
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

/** Whether either side has only equal values. */
function flat(p: Pairs): boolean {
  return p.equalX >= p.known || p.equalY >= p.known;
}

function precise(p: Pairs): boolean {
  if (flat(p)) return true;
  const xx = p.sxx - (p.sx * p.sx) / p.known;
  const yy = p.syy - (p.sy * p.sy) / p.known;
  return (
    p.sx * p.sx <= 4 * p.known * xx &&
    p.sy * p.sy <= 4 * p.known * yy &&
    p.sxx >= p.peakX * LEAST_SHARE &&
    p.syy >= p.peakY * LEAST_SHARE
  );
}

function shift(p: Pairs, a: number, b: number, sign: number): void {
  const dx = a - p.cx;
  const dy = b - p.cy;
  p.known += sign;
  p.sx += sign * dx;
  p.sy += sign * dy;
  p.sxx += sign * dx * dx;
  p.syy += sign * dy * dy;
  p.sxy += sign * dx * dy;
}

function recentre(
  x: Readonly<Float64Array>,
  y: Readonly<Float64Array>,
  from: number,
  to: number,
  p: Pairs,
): void {
  let known = 0;
  let sumX = 0;
  let sumY = 0;
  for (let j = from; j <= to; j += 1) {
    const a = x[j] ?? Number.NaN;
    const b = y[j] ?? Number.NaN;
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    known += 1;
    sumX += a;
    sumY += b;
  }
  p.known = 0;
  p.sx = 0;
  p.sy = 0;
  p.sxx = 0;
  p.syy = 0;
  p.sxy = 0;
  p.cx = known > 0 ? sumX / known : 0;
  p.cy = known > 0 ? sumY / known : 0;
  for (let j = from; j <= to; j += 1) {
    const a = x[j] ?? Number.NaN;
    const b = y[j] ?? Number.NaN;
    if (!Number.isNaN(a) && !Number.isNaN(b)) shift(p, a, b, 1);
  }
  p.peakX = p.sxx;
  p.peakY = p.syy;
}
