/**
 * The ordinal pattern of the `order` rows, `delay` apart, that end at each row: which of their orderings it is, from 0 to
 * order! − 1 (its Lehmer code); −1 where one of them is missing or before the first. Equal values count as rising in time.
 * @see Bandt & Pompe (2002), Permutation entropy, Physical Review Letters 88
 */
export function ordinalPatterns(
  x: Readonly<Float64Array>,
  order: number,
  delay: number,
): Int16Array {
  const patterns = new Int16Array(x.length);
  const span = (order - 1) * delay;
  for (let i = 0; i < x.length; i += 1) patterns[i] = i < span ? -1 : lehmer(x, i - span, i, delay);
  return patterns;
}

function lehmer(x: Readonly<Float64Array>, first: number, last: number, delay: number): number {
  let code = 0;
  let left = (last - first) / delay + 1;
  for (let j = first; j <= last; j += delay) {
    const value = x[j] ?? Number.NaN;
    if (Number.isNaN(value)) return -1;
    let smaller = 0;
    for (let k = j + delay; k <= last; k += delay) if ((x[k] ?? Number.NaN) < value) smaller += 1;
    code = code * left + smaller;
    left -= 1;
  }
  return code;
}
