import { join } from 'node:path';
import type { Brought, Desk } from '../archive.js';
import { DAY, dayOf } from '../days.js';
import { fileName, type Series } from '../names.js';
import { putText } from '../place.js';
import { asking } from './asking.js';
import type { Form, Question, Row } from './form.js';
import { funding } from './funding.js';
import { klines } from './klines.js';
import { openInterest } from './open-interest.js';

const FORMS: Readonly<Record<Question['rest']['form'], Form>> = {
  klines,
  funding,
  open_interest: openInterest,
};

/** What the tail of one series came to. */
export interface Tail {
  readonly files: readonly Brought[];
  readonly unlisted: boolean;
  /** Days of which there are rows. */
  readonly days: readonly number[];
  /** Days that were not told, or not whole. */
  readonly lacking: readonly number[];
}

/** A tail with the days that the venue was not asked for, since it does not answer for them any more. */
export interface Reached extends Tail {
  readonly beyond: readonly number[];
}

/**
 * Ask for whole days that the archive does not have, and write each to a file of its own as soon as a later row has come.
 * A day without rows gives no file: the symbol did not trade, or the venue does not tell. One that has a hole or breaks off
 * before its last row is written and not believed: the symbol may have ended, or the venue withholds.
 * @param days   Starts of days, all over, in order.
 * @param known  Days of which there are rows already: the day after one begins with its first row.
 */
export async function fillTail(
  desk: Desk,
  series: Series,
  rest: Question['rest'],
  days: readonly number[],
  known: (day: number) => boolean,
): Promise<Tail> {
  const files: Brought[] = [];
  const there: number[] = [];
  const lacking = new Set(days);
  let unlisted = false;
  const ask = asking(desk.venue, rest, () => {
    unlisted = true;
  });
  const form = FORMS[rest.form];
  for (const [from, to] of stretches(days)) {
    const question = { rest, symbol: series.symbol, spacing: series.spacing, from, to };
    for await (const { day, rows } of byDay(form.pages(question, ask), question)) {
      const begun = known(day - DAY) || there.includes(day - DAY);
      const whole = isWhole(rows, day, begun, form.regular);
      files.push(await write(desk, series, rest, { day, rows, header: form.header, whole }));
      there.push(day);
      if (whole) lacking.delete(day);
    }
    if (unlisted) break;
  }
  return { files, unlisted, days: there, lacking: [...lacking] };
}

/** Are all rows of a day there that are due, from its start on if rows came before? */
function isWhole(rows: readonly Row[], day: number, begun: boolean, regular: boolean): boolean {
  const last = rows[rows.length - 1];
  if (last === undefined || last.due < day + DAY) return false;
  if (!regular) return true;
  const starts = !begun || rows[0]?.time === day;
  return starts && rows.every((row, i) => i === 0 || row.time === rows[i - 1]?.due);
}

/** Runs of consecutive days as [from, to). */
export function stretches(days: readonly number[]): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (const day of days) {
    const last = found[found.length - 1];
    if (last?.[1] === day) last[1] = day + DAY;
    else found.push([day, day + DAY]);
  }
  return found;
}

/** Days of rows; the day that is open when pages are broken is not given. */
async function* byDay(
  pages: AsyncIterable<readonly Row[] | 'broken'>,
  { from, to }: Question,
): AsyncIterable<{ readonly day: number; readonly rows: readonly Row[] }> {
  let rows: Row[] = [];
  for await (const page of pages) {
    if (page === 'broken') return;
    for (const row of page) {
      if (row.time < from || row.time >= to) continue;
      const open = rows[0];
      if (open !== undefined && dayOf(open.time) !== dayOf(row.time)) {
        yield { day: dayOf(open.time), rows };
        rows = [];
      }
      rows.push(row);
    }
  }
  const last = rows[0];
  if (last !== undefined) yield { day: dayOf(last.time), rows };
}

interface Day {
  readonly day: number;
  readonly rows: readonly Row[];
  readonly header: string;
  /** It has every row that is due, to its end. */
  readonly whole: boolean;
}

/** The file of a day; one that is not whole gets no line in the journal, so that the next run asks again. */
async function write(
  { folder, venue, journal }: Desk,
  series: Series,
  rest: Question['rest'],
  { day, rows, header, whole }: Day,
): Promise<Brought> {
  const name = fileName(series, 'rest', day);
  const text = [header, ...rows.map((row) => row.text), ''].join('\n');
  const before = await journal.digest(name);
  const { sha256, bytes } = await putText(join(folder, name), text);
  const url = venue.url(venue.network.budgets[rest.budget]?.host ?? '', rest.path);
  if (whole) journal.fetched(name, url, sha256, rows.length);
  const state = before === undefined ? 'fetched' : before === sha256 ? 'kept' : 'replaced';
  return { name, url, state, bytes, sha256, rows: rows.length };
}
