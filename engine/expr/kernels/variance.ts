/** Sums of a window about a centre, and what is known of the window. */
interface Centred {
  center: number;
  s1: number;
  s2: number;
  known: number;
  /** Largest `s2` since the sums were rebuilt. */
  peak: number;
  /** How many of the latest known values are equal. */
  equal: number;
  last: number;
}

/** A sum of squares this much below its largest value since the last rebuild has lost too many digits. */
export const LEAST_SHARE = 1e-3;

/**
 * Rolling variance or standard deviation over known rows, from sums about a centre near the mean.
 * The sums are rebuilt about the window's own mean at anchor rows (so bits do not depend on where the data start), when the
 * mean has moved more than two deviations from the centre, and when a far value that dominated them has left.
 * @param out  NaN where fewer than `min` rows are known or k ≤ ddof; exactly 0 on a window of equal values.
 */
export function rollingVariance(
  x: Readonly<Float64Array>,
  window: number,
  min: number,
  anchors: Readonly<Uint8Array>,
  ddof: number,
  root: boolean,
  out: Float64Array,
): void {
  const c = { center: 0, s1: 0, s2: 0, known: 0, peak: 0, equal: 0, last: Number.NaN };
  const least = Math.max(min, ddof + 1);
  for (let i = 0; i < x.length; i += 1) {
    enter(c, x[i] ?? Number.NaN);
    if (i >= window) leave(c, x[i - window] ?? Number.NaN);
    if (anchors[i] === 1 || !precise(c)) recentre(c, x, Math.max(0, i - window + 1), i);
    const variance = c.known < least ? Number.NaN : varianceOf(c, ddof);
    const value = root ? Math.sqrt(variance) : variance;
    out[i] = value - value === 0 ? value : Number.NaN;
  }
}

function enter(c: Centred, v: number): void {
  if (Number.isNaN(v)) return;
  c.known += 1;
  c.equal = v === c.last ? c.equal + 1 : 1;
  c.last = v;
  const d = v - c.center;
  c.s1 += d;
  c.s2 += d * d;
  if (c.s2 > c.peak) c.peak = c.s2;
}

function leave(c: Centred, v: number): void {
  if (Number.isNaN(v)) return;
  c.known -= 1;
  const d = v - c.center;
  c.s1 -= d;
  c.s2 -= d * d;
}

/** Whether the sums still carry enough digits; a window of equal values needs none. NaN after an overflow is not precise. */
function precise(c: Centred): boolean {
  if (c.known <= 1 || c.equal >= c.known) return true;
  const square = c.s1 * c.s1;
  return square <= 4 * (c.known * c.s2 - square) && c.s2 >= c.peak * LEAST_SHARE;
}

function varianceOf(c: Centred, ddof: number): number {
  if (c.equal >= c.known) return 0;
  const squares = c.s2 - (c.s1 * c.s1) / c.known;
  return (squares > 0 ? squares : squares <= 0 ? 0 : Number.NaN) / (c.known - ddof);
}

function recentre(c: Centred, x: Readonly<Float64Array>, from: number, to: number): void {
  let sum = 0;
  for (let j = from; j <= to; j += 1) {
    const v = x[j] ?? Number.NaN;
    if (!Number.isNaN(v)) sum += v;
  }
  c.center = c.known > 0 ? sum / c.known : 0;
  c.s1 = 0;
  c.s2 = 0;
  for (let j = from; j <= to; j += 1) {
    const v = x[j] ?? Number.NaN;
    if (Number.isNaN(v)) continue;
    const d = v - c.center;
    c.s1 += d;
    c.s2 += d * d;
  }
  c.peak = c.s2;
}
