import type { ClockRows } from '../op.js';
import { bucketStart } from '../rows.js';

/** Rows `from` … `to − 1` of a finer clock, and how many there are where none is absent. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly fits: number;
}

/** The rows in each bucket of a coarser clock; buckets are to be asked for in turn. */
export function bucketSpans({ ts, spec }: ClockRows, buckets: ClockRows): (row: number) => Span {
  const every = buckets.spec.width;
  let next = 0;
  return (row) => {
    const start = buckets.ts[row] ?? 0;
    const from = next;
    while (next < ts.length && bucketStart(ts[next] ?? 0, every) <= start) next += 1;
    return { from, to: next, fits: every / spec.width };
  };
}

/**
 * The rows that lie within each interval of a table: they open at its start or later, and are over when it is. Intervals are to
 * be asked for in turn; one that is not over when the data end has no rows yet.
 */
export function intervalSpans({ ts, spec }: ClockRows, table: ClockRows): (row: number) => Span {
  const { width } = spec;
  const open = (row: number): number => ts[row] ?? Number.POSITIVE_INFINITY;
  const last = ts.length === 0 ? Number.NEGATIVE_INFINITY : open(ts.length - 1) + width;
  let from = 0;
  return (row) => {
    const start = table.ts[row] ?? 0;
    const end = table.visible[row] ?? 0;
    while (open(from) < start) from += 1;
    let to = from;
    while (end <= last && open(to) + width <= end) to += 1;
    return { from, to, fits: rowsBetween(start, end, ts[0] ?? 0, width) };
  };
}

/** Rows of a grid that lie within an interval; at least one is needed. */
function rowsBetween(start: number, end: number, origin: number, width: number): number {
  const opens = origin + Math.ceil((start - origin) / width) * width;
  return Math.max(1, Math.floor((end - opens) / width));
}
