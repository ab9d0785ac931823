import type { Section } from './across.js';

/**
 * Mean, or standard deviation where `ddof` is given, of the first `n` values of a section, for each of them.
 * 1. Means and sums of squares about them grow from both ends, one member at a time.
 * 2. Leaving one out joins what stands before it with what stands after it: nothing is subtracted, so a far print leaves no
 *    trace where it is left out, and equal values have exactly that mean and no deviation.
 * @see Chan, Golub & LeVeque (1979), Updating formulae and a pairwise algorithm for computing sample variances
 */
export function acrossMoments(
  s: Section,
  n: number,
  others: boolean,
  ddof: number | undefined,
  out: Float64Array,
): void {
  grow(s, n);
  for (let i = 0; i < n; i += 1) {
    const { mean, squares, members } = others ? joined(s, i, n) : joined(s, n, n);
    if (ddof === undefined) out[i] = mean;
    else out[i] = members > ddof ? Math.sqrt(squares / (members - ddof)) : Number.NaN;
  }
}

/** The first `a` values with those after the next one. */
function joined(s: Section, a: number, n: number) {
  const b = Math.max(0, n - 1 - a);
  const members = a + b;
  const [left, leftSquares] = [s.before[2 * a] ?? 0, s.before[2 * a + 1] ?? 0];
  if (b === 0) return { mean: left, squares: leftSquares, members };
  const [right, rightSquares] = [s.after[2 * (n - b)] ?? 0, s.after[2 * (n - b) + 1] ?? 0];
  if (a === 0) return { mean: right, squares: rightSquares, members };
  const apart = right - left;
  const squares = leftSquares + rightSquares + (apart * apart * a * b) / members;
  return { mean: left + (apart * b) / members, squares, members };
}

/** Mean and sum of squares of the first k values at 2k of `before`, of those from k on at 2k of `after`. */
function grow(s: Section, n: number): void {
  s.before.fill(0, 0, 2);
  s.after.fill(0, 2 * n, 2 * n + 2);
  for (let k = 1; k <= n; k += 1) add(s.before, 2 * (k - 1), 2 * k, s.values[k - 1] ?? 0, k);
  for (let k = n - 1; k >= 0; k -= 1) add(s.after, 2 * (k + 1), 2 * k, s.values[k] ?? 0, n - k);
}

function add(of: Float64Array, from: number, to: number, value: number, count: number): void {
  const mean = of[from] ?? 0;
  const apart = value - mean;
  of[to] = count === 1 ? value : mean + apart / count;
  of[to + 1] = (of[from + 1] ?? 0) + (count === 1 ? 0 : apart * (value - (of[to] ?? 0)));
}
