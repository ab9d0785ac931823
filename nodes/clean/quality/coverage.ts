import { type Gap, gapsOf, type Month, monthsOf } from './gaps.js';
import type { Handled } from './handled.js';

/** How much of a data set is there, and what was done to its rows; times in UTC milliseconds. */
export interface Coverage {
  readonly [key: string]: unknown;
  /** First and last row of the source; null where it has none. */
  readonly first: number | null;
  readonly last: number | null;
  /** Rows with a value. */
  readonly rows: number;
  /** Rows there would be from first to last without gaps. */
  readonly expected: number;
  readonly missing: number;
  /** Bars of the grid before the first and after the last row: the symbol was not listed, or the files do not reach so far. */
  readonly outside: number;
  readonly gap_count: number;
  readonly longest_gap_ms: number;
  /** The longest gaps, in order of time. */
  readonly gaps: readonly Gap[];
  readonly faults: Readonly<Record<string, number>>;
  readonly dropped: Readonly<Record<string, number>>;
  readonly months: readonly Month[];
}

/** What is known of a data set: when its rows with a value are, from when to when it reaches, and how far rows are apart. */
interface Known extends Pick<Handled, 'faults' | 'dropped'> {
  readonly times: Readonly<Float64Array>;
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** The distance that rows should have in the gap before a row, milliseconds. */
  readonly stepAt: (row: number) => number;
  readonly outside: number;
}

/** Gaps that are told one by one. */
const TOLD = 20;

/** Coverage of a data set, in all and by month. */
export function coverageOf(known: Known): Coverage {
  const { times, first, last, outside, faults, dropped } = known;
  const gaps = gapsOf(known);
  const missing = gaps.reduce((sum, gap) => sum + gap.rows, 0);
  return {
    first: first ?? null,
    last: last ?? null,
    rows: times.length,
    expected: times.length + missing,
    missing,
    outside,
    gap_count: gaps.length,
    longest_gap_ms: gaps.reduce((most, gap) => Math.max(most, gap.rows * gap.step), 0),
    gaps: longest(gaps),
    faults,
    dropped,
    months: monthsOf(times, gaps),
  };
}

function longest(gaps: readonly Gap[]): readonly Gap[] {
  const length = ({ rows, step }: Gap): number => rows * step;
  return [...gaps]
    .sort((a, b) => length(b) - length(a) || a.from - b.from)
    .slice(0, TOLD)
    .sort((a, b) => a.from - b.from);
}

/** Coverage of a table on the grid of bars, of which `has` tells the bars that hold a value. */
export function coverageOnGrid(
  { frame, extent, faults, dropped }: Handled,
  spacing: number,
  has: (bar: number) => boolean,
): Coverage {
  const ts = frame.time('ts');
  const outside = extent ? frame.length - 1 - extent.last + extent.first : frame.length;
  return coverageOf({
    times: timesWith(ts, has),
    first: extent && ts[extent.first],
    last: extent && ts[extent.last],
    stepAt: () => spacing,
    outside,
    faults,
    dropped,
  });
}

/** Coverage of a table whose rows have times of their own. */
export function coverageOfPrints(
  { frame, faults, dropped }: Handled,
  stepAt: (row: number) => number,
): Coverage {
  const times = frame.time('ts');
  const [first, last] = [times[0], times[times.length - 1]];
  return coverageOf({ times, first, last, stepAt, outside: 0, faults, dropped });
}

function timesWith(ts: Readonly<Float64Array>, has: (bar: number) => boolean): Float64Array {
  const times = new Float64Array(ts.length);
  let count = 0;
  for (let bar = 0; bar < ts.length; bar++) if (has(bar)) times[count++] = ts[bar] ?? 0;
  return times.subarray(0, count);
}
