/*
 * Statistics of a window in exact arithmetic: doubles are whole multiples of a power of two, so sums of their powers are
 * whole numbers, and only the last quotient is rounded.
 */

/** Doubles of at least 2⁻²⁷ in size are whole multiples of 2⁻⁸⁰. */
const UNIT = 2 ** 80;

function whole(v: number): bigint {
  return BigInt(v * UNIT);
}

/** The quotient of two whole numbers as the nearest double, all but. */
function quotient(top: bigint, bottom: bigint): number {
  const sign = top < 0n !== bottom < 0n ? -1 : 1;
  const [a, b] = [top < 0n ? -top : top, bottom < 0n ? -bottom : bottom];
  const shift = BigInt(Math.max(0, b.toString(2).length - a.toString(2).length + 80));
  const scaled = Number((a << shift) / b);
  // Two steps: 2^-shift alone may be too small a number.
  const half = shift / 2n;
  return sign * scaled * 2 ** -Number(half) * 2 ** -Number(shift - half);
}

/** How many values there are, and the sums of their first and second powers. */
function squares(values: readonly number[]): readonly [bigint, bigint, bigint] {
  let [s1, s2] = [0n, 0n];
  for (const value of values) {
    const v = whole(value);
    s1 += v;
    s2 += v * v;
  }
  return [BigInt(values.length), s1, s2];
}

/** Sums of the third and fourth powers. */
function higher(values: readonly number[]): readonly [bigint, bigint] {
  let [s3, s4] = [0n, 0n];
  for (const value of values) {
    const v = whole(value);
    const cube = v * v * v;
    s3 += cube;
    s4 += cube * v;
  }
  return [s3, s4];
}

const ONE = whole(1);

export function exactSum(values: readonly number[]): number {
  return quotient(squares(values)[1], ONE);
}

export function exactMean(values: readonly number[]): number {
  const [k, s1] = squares(values);
  return quotient(s1, k * ONE);
}

export function exactVariance(values: readonly number[]): number {
  const [k, s1, s2] = squares(values);
  return quotient(k * s2 - s1 * s1, k * (k - 1n) * ONE * ONE);
}

/** m₃ / m₂^1.5, the root of a quotient of whole numbers; NaN where all values are equal. */
export function exactSkew(values: readonly number[]): number {
  const [k, s1, s2] = squares(values);
  const [s3] = higher(values);
  const m2 = k * s2 - s1 * s1;
  const m3 = k * k * s3 - 3n * k * s1 * s2 + 2n * s1 * s1 * s1;
  if (m2 === 0n) return Number.NaN;
  return (m3 < 0n ? -1 : 1) * Math.sqrt(quotient(m3 * m3, m2 * m2 * m2));
}

/** m₄ / m₂²; NaN where all values are equal. */
export function exactKurtosis(values: readonly number[]): number {
  const [k, s1, s2] = squares(values);
  const [s3, s4] = higher(values);
  const m2 = k * s2 - s1 * s1;
  const m4 = k ** 3n * s4 - 4n * k * k * s1 * s3 + 6n * k * s1 * s1 * s2 - 3n * s1 ** 4n;
  return m2 === 0n ? Number.NaN : quotient(m4, m2 * m2);
}

/** Sums of squares and products about the means, times k; in units of `ONE²`. */
function cross(x: readonly number[], y: readonly number[]) {
  const [k, sx, sxx] = squares(x);
  const [, sy, syy] = squares(y);
  const b = y.map(whole);
  const sxy = x.map(whole).reduce((total, a, i) => total + a * (b[i] ?? 0n), 0n);
  return { k, xx: k * sxx - sx * sx, yy: k * syy - sy * sy, xy: k * sxy - sx * sy };
}

export function exactCovariance(x: readonly number[], y: readonly number[]): number {
  const { k, xy } = cross(x, y);
  return quotient(xy, k * (k - 1n) * ONE * ONE);
}

/** NaN where either side is flat. */
export function exactCorrelation(x: readonly number[], y: readonly number[]): number {
  const { xx, yy, xy } = cross(x, y);
  if (xx === 0n || yy === 0n) return Number.NaN;
  return (xy < 0n ? -1 : 1) * Math.sqrt(quotient(xy * xy, xx * yy));
}

/** Least-squares slope of x on y; NaN where y is flat. */
export function exactSlope(x: readonly number[], y: readonly number[]): number {
  const { yy, xy } = cross(x, y);
  return yy === 0n ? Number.NaN : quotient(xy, yy);
}

export function exactMeanAbsDev(values: readonly number[]): number {
  const k = BigInt(values.length);
  const own = values.map(whole);
  const sum = own.reduce((a, b) => a + b, 0n);
  const off = own.reduce((a, v) => a + (k * v > sum ? k * v - sum : sum - k * v), 0n);
  return quotient(off, k * k * ONE);
}
