/** A statistic over the known members of a cross-section; each member may be left out of its own. */
export type AcrossStatistic = 'sum' | 'mean' | 'min' | 'max' | 'median' | 'std' | 'count';

/** Working space of one cross-section, reused from row to row. */
export interface Section {
  /** Values of the members, in order of id. */
  readonly values: Float64Array;
  readonly sorted: Float64Array;
  readonly before: Float64Array;
  readonly after: Float64Array;
}

export function section(members: number): Section {
  return {
    values: new Float64Array(members),
    sorted: new Float64Array(members),
    before: new Float64Array(members + 1),
    after: new Float64Array(members + 1),
  };
}

/**
 * The statistic of the first `n` values of a section, for each of them in `out`.
 * @param others   whether each member is left out of its own statistic.
 * @param atLeast  members needed (after leaving out), else NaN.
 */
export function acrossSection(
  s: Section,
  n: number,
  statistic: AcrossStatistic,
  others: boolean,
  atLeast: number,
  ddof: number,
  out: Float64Array,
): void {
  const members = others ? n - 1 : n;
  if (members < Math.max(1, atLeast)) {
    out.fill(Number.NaN, 0, n);
    return;
  }
  if (statistic === 'median') medians(s, n, others, out);
  else if (statistic === 'std') deviations(s, n, others, ddof, out);
  else if (statistic === 'count') counts(s, n, others, out);
  else folds(s, n, statistic, others, out);
  for (let i = 0; i < n; i += 1) {
    const v = out[i] ?? Number.NaN;
    if (v - v !== 0) out[i] = Number.NaN;
  }
}

/** How many members are true, i.e. not 0. */
function counts(s: Section, n: number, others: boolean, out: Float64Array): void {
  let all = 0;
  for (let i = 0; i < n; i += 1) if (s.values[i] !== 0) all += 1;
  for (let i = 0; i < n; i += 1) out[i] = all - (others && s.values[i] !== 0 ? 1 : 0);
}

/** Sums and extremes from both ends, so leaving one out never subtracts. */
function folds(
  s: Section,
  n: number,
  statistic: 'sum' | 'mean' | 'min' | 'max',
  others: boolean,
  out: Float64Array,
): void {
  const { empty, join } = FOLDS[statistic];
  s.before[0] = empty;
  s.after[n] = empty;
  for (let i = 0; i < n; i += 1) s.before[i + 1] = join(s.before[i] ?? 0, s.values[i] ?? 0);
  for (let i = n - 1; i >= 0; i -= 1) s.after[i] = join(s.values[i] ?? 0, s.after[i + 1] ?? 0);
  const share = statistic !== 'mean' ? 1 : others ? n - 1 : n;
  const all = s.before[n] ?? 0;
  for (let i = 0; i < n; i += 1)
    out[i] = (others ? join(s.before[i] ?? 0, s.after[i + 1] ?? 0) : all) / share;
}

interface Fold {
  readonly empty: number;
  readonly join: (a: number, b: number) => number;
}
const TOTAL: Fold = { empty: 0, join: (a, b) => a + b };
const FOLDS = {
  sum: TOTAL,
  mean: TOTAL,
  min: { empty: Number.POSITIVE_INFINITY, join: Math.min },
  max: { empty: Number.NEGATIVE_INFINITY, join: Math.max },
} as const;

function medians(s: Section, n: number, others: boolean, out: Float64Array): void {
  const sorted = s.sorted.subarray(0, n);
  sorted.set(s.values.subarray(0, n));
  sorted.sort();
  for (let i = 0; i < n; i += 1) {
    const left = others ? sorted.indexOf(s.values[i] ?? 0) : n;
    const members = others ? n - 1 : n;
    const at = (k: number): number => sorted[k < left ? k : k + 1] ?? Number.NaN;
    out[i] = 0.5 * at((members - 1) >>> 1) + 0.5 * at(members >>> 1);
  }
}

/** Two passes about the mean of all, which serves as the centre when one is left out. */
function deviations(s: Section, n: number, others: boolean, ddof: number, out: Float64Array): void {
  let sum = 0;
  for (let i = 0; i < n; i += 1) sum += s.values[i] ?? 0;
  const center = sum / n;
  let s1 = 0;
  let s2 = 0;
  for (let i = 0; i < n; i += 1) {
    const d = (s.values[i] ?? 0) - center;
    s1 += d;
    s2 += d * d;
  }
  for (let i = 0; i < n; i += 1) {
    const d = others ? (s.values[i] ?? 0) - center : 0;
    const members = others ? n - 1 : n;
    const rest = s1 - d;
    const squares = s2 - d * d - (rest * rest) / members;
    out[i] = members > ddof ? Math.sqrt(Math.max(0, squares) / (members - ddof)) : Number.NaN;
  }
}

/** (rank − 1)/(n − 1) in [0, 1] of each of the first `n` values; a single one stands at ½. */
export function rankSection(
  s: Section,
  n: number,
  ties: 'average' | 'min' | 'max',
  atLeast: number,
  out: Float64Array,
): void {
  const sorted = s.sorted.subarray(0, n);
  sorted.set(s.values.subarray(0, n));
  sorted.sort();
  for (let i = 0; i < n; i += 1) {
    const v = s.values[i] ?? 0;
    const less = bound(sorted, v, false);
    const upTo = bound(sorted, v, true);
    const rank = ties === 'min' ? less : ties === 'max' ? upTo - 1 : (less + upTo - 1) / 2;
    out[i] = n < atLeast ? Number.NaN : n === 1 ? 0.5 : rank / (n - 1);
  }
}

function bound(sorted: Readonly<Float64Array>, value: number, inclusive: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const v = sorted[middle] ?? 0;
    if (v < value || (inclusive && v === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
