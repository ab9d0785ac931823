import { centerOf, worn } from './compensated.js';
import { isMissing } from './missing.js';

/**
 * Rolling variance or standard deviation over known rows.
 * 1. Compensated sums of the distances from a centre near the mean, and of their squares: a distance leaves by the same
 *    bits it came with.
 * 2. They are rebuilt about the window's own mean at anchor rows (so bits do not depend on where the data start), when the
 *    mean has moved far from the centre, and when a far value that dominated them has left.
 * @param out  NaN where fewer than `min` rows are known or k ≤ ddof; exactly 0 on a window of equal values.
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: with its state in an array instead of locals it runs twice slower.
export function rollingVariance(
  x: Readonly<Float64Array>,
  window: number,
  min: number,
  anchors: Readonly<Uint8Array>,
  ddof: number,
  root: boolean,
  out: Float64Array,
): void {
  const rebuilt = new Float64Array(5);
  const all = window === Number.POSITIVE_INFINITY;
  const least = Math.max(min, ddof + 1);
  let center = 0;
  let s1 = 0;
  let lost1 = 0;
  let s2 = 0;
  let lost2 = 0;
  let peak = 0;
  let known = 0;
  let equal = 0;
  let last = Number.NaN;
  // A window that nothing leaves stays overflowed: looking at it again each row would take for ever.
  let over = false;
  for (let i = 0; i < x.length; i += 1) {
    const enters = x[i] ?? Number.NaN;
    const leaves = i >= window ? (x[i - window] ?? Number.NaN) : Number.NaN;
    if (!isMissing(enters)) {
      known += 1;
      equal = enters === last ? equal + 1 : 1;
      last = enters;
      const d = enters - center;
      const more = s1 + d;
      const moved = more - s1;
      lost1 += s1 - (more - moved) + (d - moved);
      s1 = more;
      const square = d * d;
      const squares = s2 + square;
      const grown = squares - s2;
      lost2 += s2 - (squares - grown) + (square - grown);
      s2 = squares;
      if (s2 > peak) peak = s2;
    }
    if (!isMissing(leaves)) {
      known -= 1;
      const d = center - leaves;
      const less = s1 + d;
      const moved = less - s1;
      lost1 += s1 - (less - moved) + (d - moved);
      s1 = less;
      const square = -d * d;
      const squares = s2 + square;
      const shrunk = squares - s2;
      lost2 += s2 - (squares - shrunk) + (square - shrunk);
      s2 = squares;
    }
    const flat = equal >= known;
    if (
      (anchors[i] === 1 && !all) ||
      (!flat && !over && worn(s1 + lost1, s2 + lost2, known, peak))
    ) {
      rebuild(rebuilt, x, Math.max(0, i - window + 1), i);
      center = rebuilt[0] ?? 0;
      s1 = rebuilt[1] ?? 0;
      lost1 = rebuilt[2] ?? 0;
      s2 = rebuilt[3] ?? 0;
      lost2 = rebuilt[4] ?? 0;
      peak = s2;
      over = all && s2 - s2 !== 0;
    }
    const off = s1 + lost1;
    const squares = s2 + lost2 - (off * off) / known;
    const variance = known < least ? Number.NaN : flat ? 0 : squares / (known - ddof);
    const value = root ? Math.sqrt(variance) : variance;
    out[i] = value - value === 0 ? value : Number.NaN;
  }
}

/** The mean of the known rows from `from` to `to`, and the compensated sums about it. */
function rebuild(rebuilt: Float64Array, x: Readonly<Float64Array>, from: number, to: number): void {
  const center = centerOf(x, from, to);
  let s1 = 0;
  let lost1 = 0;
  let s2 = 0;
  let lost2 = 0;
  for (let j = from; j <= to; j += 1) {
    const d = (x[j] ?? Number.NaN) - center;
    if (isMissing(d)) continue;
    const more = s1 + d;
    const moved = more - s1;
    lost1 += s1 - (more - moved) + (d - moved);
    s1 = more;
    const square = d * d;
    const squares = s2 + square;
    const grown = squares - s2;
    lost2 += s2 - (squares - grown) + (square - grown);
    s2 = squares;
  }
  rebuilt.set([center, s1, lost1, s2, lost2]);
}
