import { acrossMoments } from './across-moments.js';

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
    before: new Float64Array(2 * (members + 1)),
    after: new Float64Array(2 * (members + 1)),
  };
}

/** What is asked of a cross-section. */
export interface AcrossRequest {
  readonly statistic: AcrossStatistic;
  /** Whether each member is left out of its own statistic. */
  readonly others: boolean;
  /** Members needed (after leaving out), else missing. */
  readonly atLeast: number;
  readonly ddof: number;
}

/** The statistic of the first `n` values of a section, for each of them in `out`. */
export function acrossSection(s: Section, n: number, on: AcrossRequest, out: Float64Array): void {
  const { statistic, others } = on;
  const members = others ? n - 1 : n;
  if (members < Math.max(1, on.atLeast)) {
    out.fill(Number.NaN, 0, n);
    return;
  }
  if (statistic === 'median') medians(s, n, others, out);
  else if (statistic === 'count') counts(s, n, others, out);
  else if (statistic === 'mean' || statistic === 'std')
    acrossMoments(s, n, others, statistic === 'mean' ? undefined : on.ddof, out);
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
  statistic: 'sum' | 'min' | 'max',
  others: boolean,
  out: Float64Array,
): void {
  const { empty, join } = FOLDS[statistic];
  s.before[0] = empty;
  s.after[n] = empty;
  for (let i = 0; i < n; i += 1) s.before[i + 1] = join(s.before[i] ?? 0, s.values[i] ?? 0);
  for (let i = n - 1; i >= 0; i -= 1) s.after[i] = join(s.values[i] ?? 0, s.after[i + 1] ?? 0);
  const all = s.before[n] ?? 0;
  for (let i = 0; i < n; i += 1)
    out[i] = others ? join(s.before[i] ?? 0, s.after[i + 1] ?? 0) : all;
}

interface Fold {
  readonly empty: number;
  readonly join: (a: number, b: number) => number;
}
const FOLDS = {
  sum: { empty: 0, join: (a, b) => a + b },
  min: { empty: Number.POSITIVE_INFINITY, join: Math.min },
  max: { empty: Number.NEGATIVE_INFINITY, join: Math.max },
} as const satisfies Readonly<Record<string, Fold>>;

/** Without one member the sorted row closes up at its place. */
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
