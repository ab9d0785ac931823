import type { Context, Frame, Gathered } from '../../../engine/sdk/index.js';
import { stitch } from '../../math/stitch.js';

/** What a row is called where a dimension is not in the pipeline. */
const ALL = 'all';

/** Folds of one row, put end to end. */
export interface Series {
  /** rhythm/scorer/profile, or rhythm/benchmark. */
  readonly row: string;
  readonly rhythm: string;
  readonly scorer: string;
  readonly profile: string;
  /** By time. */
  readonly folds: readonly Gathered<Frame>[];
  /** Starts of the days. */
  readonly days: Float64Array;
  /** Net returns; from the day after ruin on they are 0. */
  readonly net: Float64Array;
  /** Fold of each day. */
  readonly fold: readonly string[];
}

/** The items of each row, put end to end in order of time; rows by name. */
export function seriesOf(
  items: readonly Gathered<Frame>[],
  kind: 'row' | 'benchmark',
  ctx: Context,
): readonly Series[] {
  const found = new Map<string, Gathered<Frame>[]>();
  for (const item of items) {
    const name = kind === 'row' ? rowOf(item) : `${item.at.rhythm ?? ALL}/benchmark`;
    const folds = found.get(name) ?? [];
    // The benchmark knows no scorer: where the pipeline has several, each fold brings the same one again.
    if (kind === 'benchmark' && folds.some(({ at }) => foldOf(at) === foldOf(item.at))) continue;
    found.set(name, [...folds, item]);
  }
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted.map(([row, folds]) => joined(row, folds, ctx));
}

/** What an item's row is called. */
export function rowOf({ at }: Pick<Gathered<unknown>, 'at'>): string {
  return [at.rhythm ?? ALL, at.scorer ?? ALL, at.risk_profile ?? ALL].join('/');
}

function joined(row: string, items: readonly Gathered<Frame>[], ctx: Context): Series {
  const folds = items
    .filter(({ value }) => value.length > 0)
    .sort((a, b) => (a.value.time('ts')[0] ?? 0) - (b.value.time('ts')[0] ?? 0));
  const days = Float64Array.from(folds.flatMap(({ value }) => Array.from(value.time('ts'))));
  const fold = folds.flatMap(({ at, value }) =>
    Array.from({ length: value.length }, () => foldOf(at)),
  );
  for (let i = 1; i < days.length; i++) {
    if ((days[i] ?? NaN) > (days[i - 1] ?? NaN)) continue;
    const day = new Date(days[i] ?? NaN).toISOString().slice(0, 10);
    ctx.refuse('tournament/overlap', { row, first: fold[i - 1], second: fold[i], day });
  }
  const at = items[0]?.at ?? {};
  return {
    row,
    rhythm: at.rhythm ?? ALL,
    scorer: at.scorer ?? ALL,
    profile: at.risk_profile ?? ALL,
    folds,
    days,
    net: stitch(folds.map(({ value }) => value.column('net'))).returns,
    fold,
  };
}

/** Name of the fold of an item; a pipeline without folds has one. */
export function foldOf(at: Readonly<Record<string, string>>): string {
  return at.fold ?? '1';
}

/** One column of all folds, end to end. */
export function columnOf(series: Series, name: string): Float64Array {
  return Float64Array.from(series.folds.flatMap(({ value }) => Array.from(value.column(name))));
}

/** The benchmark's returns on the days of a row. */
export function benchmarkOf(series: Series, bases: readonly Series[], ctx: Context): Float64Array {
  const base = bases.find(({ rhythm }) => rhythm === series.rhythm);
  if (!base)
    return ctx.refuse('tournament/no-benchmark', { row: series.row, rhythm: series.rhythm });
  const same =
    base.days.length === series.days.length && base.days.every((d, i) => d === series.days[i]);
  if (!same) {
    const facts = { row: series.row, days: series.days.length, benchmark: base.days.length };
    ctx.refuse('tournament/other-days', facts);
  }
  return base.net;
}
