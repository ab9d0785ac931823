/** What the known rows of a bucket are summed up to. */
export const SUMMARIES = [
  'first',
  'last',
  'highest',
  'lowest',
  'sum',
  'mean',
  'std',
  'count',
] as const;
export type Summary = (typeof SUMMARIES)[number];

/** The known values among rows `from` … `to − 1` summed up; NaN where fewer than `min` are known, and on overflow. */
export function summaryOf(
  x: Readonly<Float64Array>,
  from: number,
  to: number,
  min: number,
  how: Summary,
): number {
  const known = count(x, from, to);
  const value = known < min || known === 0 ? Number.NaN : OF[how](x, from, to, known);
  return value - value === 0 ? value : Number.NaN;
}

type Of = (x: Readonly<Float64Array>, from: number, to: number, known: number) => number;

const OF: Readonly<Record<Summary, Of>> = {
  first: (x, from, to) => edge(x, from, to, 1),
  last: (x, from, to) => edge(x, to - 1, from - 1, -1),
  highest: (x, from, to) => extreme(x, from, to, 1),
  lowest: (x, from, to) => -extreme(x, from, to, -1) + 0,
  sum: total,
  mean: (x, from, to, known) => total(x, from, to) / known,
  std: deviation,
  count: (_x, _from, _to, known) => known,
};

function count(x: Readonly<Float64Array>, from: number, to: number): number {
  let known = 0;
  for (let i = from; i < to; i += 1) if (!Number.isNaN(x[i])) known += 1;
  return known;
}

function edge(x: Readonly<Float64Array>, from: number, end: number, step: number): number {
  for (let i = from; i !== end; i += step) {
    const v = x[i] ?? Number.NaN;
    if (!Number.isNaN(v)) return v;
  }
  return Number.NaN;
}

function extreme(x: Readonly<Float64Array>, from: number, to: number, sign: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = from; i < to; i += 1) {
    const v = sign * (x[i] ?? Number.NaN);
    if (v > most) most = v;
  }
  return most;
}

/** What additions lose is kept beside the sum (Neumaier 1974). */
function total(x: Readonly<Float64Array>, from: number, to: number): number {
  let sum = 0;
  let lost = 0;
  for (let i = from; i < to; i += 1) {
    const v = x[i] ?? Number.NaN;
    if (Number.isNaN(v)) continue;
    const next = sum + v;
    lost += Math.abs(sum) >= Math.abs(v) ? sum - next + v : v - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** Over known − 1, in two passes; what the mean was off is taken out again. */
function deviation(x: Readonly<Float64Array>, from: number, to: number, known: number): number {
  const mean = total(x, from, to) / known;
  let off = 0;
  let squares = 0;
  for (let i = from; i < to; i += 1) {
    const d = (x[i] ?? Number.NaN) - mean;
    if (Number.isNaN(d)) continue;
    off += d;
    squares += d * d;
  }
  return Math.sqrt(Math.max(0, squares - (off * off) / known) / (known - 1));
}
