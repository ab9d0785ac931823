import type { Frame, Gathered } from '../../../engine/sdk/index.js';
import { lowerBound } from '../../math/locate.js';
import { turnsIn } from '../rows/flags.js';

/** How many bars of one symbol there are. */
export interface Grid {
  readonly symbol: string;
  /** Bars by UTC year. */
  readonly years: ReadonlyMap<string, number>;
}

/** Bars of one symbol. */
export interface Bars extends Grid {
  readonly times: Readonly<Float64Array>;
  /** Times of those that have a close, ascending. */
  readonly closed: Readonly<Float64Array>;
  /** Times of those that have none. */
  readonly holes: Readonly<Float64Array>;
}

/** Bars as quality reads them: the grid and where it has holes. */
export function barsOf({ at, value }: Gathered<Frame>): Bars {
  const [times, close] = [value.time('ts'), value.column('close')];
  const closed = times.filter((_, row) => !Number.isNaN(close[row]));
  const holes = times.filter((_, row) => Number.isNaN(close[row]));
  const symbol = at.symbol ?? Object.values(at)[0] ?? '';
  return { symbol, times, closed, holes, years: yearsOf(times) };
}

/**
 * Is there a bar with a close that is at most so much older than a time?
 * @param age  Milliseconds.
 */
export function closes({ closed }: Bars, ts: number, age: number): boolean {
  return (closed[lowerBound(closed, ts + 1) - 1] ?? Number.NaN) >= ts - age;
}

/** Is a close missing within so many milliseconds of a time? Where the rows end nothing is known to be missing. */
export function gapNear({ holes }: Bars, ts: number, reach: number): boolean {
  return (holes[lowerBound(holes, ts - reach)] ?? Number.NaN) <= ts + reach;
}

/** Rows by UTC year; times ascend. */
function yearsOf(times: Readonly<Float64Array>): ReadonlyMap<string, number> {
  const years = new Map<string, number>();
  for (let row = 0; row < times.length; ) {
    const year = new Date(times[row] ?? Number.NaN).getUTCFullYear();
    const next = lowerBound(times, startOf(year + 1));
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
  const counts = new Map([...years.keys()].map((year) => [year, 0]));
  const turns = turnsIn(event, symbol, times, coverage);
  for (const [i, { row, known }] of turns.entries()) {
    if (!known) continue;
    const next = turns[i + 1]?.row ?? times.length;
    let start = 0;
    for (const [year, count] of years) {
      const both = Math.min(next, start + count) - Math.max(row, start);
      counts.set(year, (counts.get(year) ?? 0) + Math.max(0, both));
      start += count;
    }
  }
  return { symbol, years: counts };
}

/** Tells the UTC years of times, most of which lie in the year of the one before. */
export function yearTeller(): (ts: number) => string {
  let [year, from, to] = ['', Number.NaN, Number.NaN];
  return (ts) => {
    if (ts >= from && ts < to) return year;
    const found = new Date(ts).getUTCFullYear();
    [year, from, to] = [String(found), startOf(found), startOf(found + 1)];
    return year;
  };
}

/** When a year starts; `Date.UTC` takes those before 100 for years of the 20th century. */
function startOf(year: number): number {
  return new Date(0).setUTCFullYear(year, 0, 1);
}
