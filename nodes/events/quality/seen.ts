import { type Frame, type Gathered, MISSING_FLAG } from '../../../engine/sdk/index.js';
import { lowerBound } from '../../math/locate.js';
import { toldIn } from '../rows/flags.js';

/** How many bars of one symbol there are. */
export interface Grid {
  readonly symbol: string;
  /** Bars by UTC year. */
  readonly years: ReadonlyMap<string, number>;
}

/** Bars of one symbol, and how many of them were missing up to each. */
export interface Bars extends Grid {
  readonly times: Float64Array;
  /** One longer than `times`: missing closes before each row. */
  readonly missing: Float64Array;
}

/** One occurrence, as far as quality asks. */
export interface Seen {
  readonly symbol: string;
  readonly year: string;
  readonly ts: number;
  readonly direction: number;
  readonly severity: number;
  /** Has its bar, or the one before that is young enough, a close? */
  readonly joined: boolean;
  /** Is a gap no further off than the longest horizon, before or after? */
  readonly nearGap: boolean;
}

/** Bars as quality reads them: the grid and where it has holes. */
export function barsOf({ at, value }: Gathered<Frame>): Bars {
  const times = Float64Array.from(value.time('ts'));
  const close = value.column('close');
  const missing = new Float64Array(times.length + 1);
  times.forEach((_, row) => {
    missing[row + 1] = (missing[row] ?? 0) + (Number.isNaN(close[row]) ? 1 : 0);
  });
  return { symbol: at.symbol ?? Object.values(at)[0] ?? '', times, missing, years: yearsOf(times) };
}

/**
 * Is there a bar with a close that is at most so much older than a time?
 * @param age  Milliseconds.
 */
export function closes({ times, missing }: Bars, ts: number, age: number): boolean {
  const [from, to] = [lowerBound(times, ts - age), lowerBound(times, ts + 1)];
  return to - from > holes(missing, from, to);
}

/** Is a close missing within so many milliseconds of a time? Where the rows end nothing is known to be missing. */
export function gapNear({ times, missing }: Bars, ts: number, reach: number): boolean {
  const [from, to] = [lowerBound(times, ts - reach), lowerBound(times, ts + reach + 1)];
  return holes(missing, from, to) > 0;
}

function holes(missing: Float64Array, from: number, to: number): number {
  return (missing[to] ?? 0) - (missing[from] ?? 0);
}

/** Rows by UTC year; times ascend. */
function yearsOf(times: Float64Array): ReadonlyMap<string, number> {
  const years = new Map<string, number>();
  for (let row = 0; row < times.length; ) {
    const year = new Date(times[row] ?? Number.NaN).getUTCFullYear();
    const next = lowerBound(times, Date.UTC(year + 1, 0));
    years.set(String(year), next - row);
    row = next;
  }
  return years;
}

/** Those of the bars at which an event could be looked for: silence at the others says nothing. */
export function knownYears(
  { symbol, times, years }: Bars,
  event: string,
  coverage: readonly Gathered<Frame>[],
): Grid {
  const known = toldIn(event, symbol, times, coverage);
  const counts = new Map<string, number>();
  let row = 0;
  for (const [year, count] of years) {
    const end = row + count;
    let looked = 0;
    for (; row < end; row += 1) if (known[row] !== MISSING_FLAG) looked += 1;
    counts.set(year, looked);
  }
  return { symbol, years: counts };
}

/** The UTC year of a time. */
export function yearOf(ts: number): string {
  return String(new Date(ts).getUTCFullYear());
}
