import { type Brought, bring, type Desk } from './archive.js';
import { now as clock } from './clock.js';
import { lying, shorter, spoilt, uncovered } from './cover.js';
import { daysIn, monthsIn, nextMonth } from './days.js';
import { fileName, type Series } from './names.js';
import { fillTail, type Reached } from './rest/tail.js';
import { heldByDays, type Stays, tidy } from './tidy.js';
import { allOrFirst } from './together.js';
import type { Network } from './venue.js';

// One data set of one symbol, in steps:
// 1. Whole months, as far as they are over.
// 2. Days that no month covers: the last weeks, whose month may not be published yet, and months that are missing between
//    others or whose file is spoilt. Months before the first and long after the last one are no holes: the symbol was not
//    listed. So are days that have rows their month lacks, and all days of a month that came anew with less than it had.
// 3. What came makes what stood in for it superfluous, if it has all of its rows: a month its days, a month or day the day by REST.
// 4. Days of the last weeks that are still missing are asked for by REST. A day that REST does not tell whole is asked for
//    again by the next run.

type Dataset = Network['datasets'][string];

/** Days that are wanted and over, [from, to), and the end of the last day that counts as over. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly now: number;
  /** How long the archive may take to publish, and how far back REST fills; milliseconds. */
  readonly late: number;
}

/** What came of one series. */
export interface SeriesResult {
  readonly files: readonly Brought[];
  readonly unlisted: boolean;
  /** Days from the first one there on that REST was asked for and did not tell whole. */
  readonly lacking: readonly number[];
  /** Days from the first one there on, all if none is, that the archive lacks and the venue does not tell any more. */
  readonly beyond: readonly number[];
  /** Files of days that stay beside something larger, since it lacks some of their rows. */
  readonly stays: readonly Stays[];
}

/**
 * Bring one data set of one symbol.
 * @param told  Files that are asked for more, and files that came to an end.
 */
export async function bringSeries(
  desk: Desk,
  series: Series,
  dataset: Dataset,
  window: Window,
  told: (more: number, done: number) => void,
): Promise<SeriesResult> {
  const ask = async (period: 'monthly' | 'daily', times: readonly number[], settled: Settled) => {
    told(times.length, 0);
    const works = times.map(async (time) => {
      const brought = await bring(desk, fileName(series, period, time), settled(time));
      told(0, 1);
      return { time, brought };
    });
    return allOrFirst(works, desk.halt);
  };
  const from = Math.max(window.from, dataset.since);
  if (from >= window.to) return { files: [], unlisted: false, lacking: [], beyond: [], stays: [] };
  const recent = window.now - window.late;
  const months = dataset.months
    ? await ask('monthly', monthsOver(from, window), (month) => nextMonth(month) < recent)
    : [];
  const whole = lying(desk, months);
  const held = await heldByDays(desk, series, whole);
  const isOpen = uncovered(dataset, whole, [spoilt(months), shorter(months)], recent);
  const open = dataset.days
    ? daysIn(from, window.to).filter((day) => held.has(day) || isOpen(day))
    : [];
  const days = await ask('daily', open, (day) => day < recent);
  const closed = lying(desk, days);
  const { covered, stays } = await tidy(desk, series, whole, closed);
  const tail = await tailOf(desk, series, dataset, { ...window, from }, covered);
  const brought = [...months, ...days].map((one) => one.brought);
  const first = Math.min(...whole, ...closed, ...tail.days);
  const lacking = tail.lacking.filter((day) => day >= first);
  const beyond = tail.beyond.filter((day) => day >= first || first === Number.POSITIVE_INFINITY);
  const files = [...brought, ...tail.files];
  return { files, unlisted: tail.unlisted, lacking, beyond, stays };
}

type Settled = (time: number) => boolean;

/** Months that touch the days and are over: a file of more days than were asked for is still one file. */
function monthsOver(from: number, { to, now }: Window): readonly number[] {
  return monthsIn(from, to).filter((month) => nextMonth(month) <= now);
}

/** Days by REST: those that lie there, and those that can be had. */
async function tailOf(
  desk: Desk,
  series: Series,
  { rest }: Dataset,
  { from, to, now, late }: Window,
  covered: (day: number) => boolean,
): Promise<Reached> {
  const wanted = daysIn(Math.max(from, now - late), to).filter((day) => !covered(day));
  if (rest === undefined) return { files: [], unlisted: false, days: [], lacking: [], beyond: [] };
  const kept: Brought[] = [];
  const there: number[] = [];
  const missing: number[] = [];
  // What the venue still answers is a matter of today, whatever day the run ends on.
  const reached = rest.reach === undefined ? Number.NEGATIVE_INFINITY : clock() - rest.reach;
  for (const day of wanted) {
    const known = desk.journal.known(fileName(series, 'rest', day));
    if (known && 'sha256' in known) {
      kept.push({ ...known, state: 'kept' });
      there.push(day);
    } else if (day >= reached) missing.push(day);
  }
  // Older days than the tail are the archive's alone; where the venue forgets, it matters that nobody has them any more.
  const old = late > 0 ? daysIn(from, Math.min(to, reached)) : [];
  const beyond = old.filter((day) => !covered(day) && !there.includes(day));
  const known = (day: number) => covered(day) || there.includes(day);
  const tail = await fillTail(desk, series, rest, missing, known);
  return { ...tail, files: [...kept, ...tail.files], days: [...there, ...tail.days], beyond };
}
