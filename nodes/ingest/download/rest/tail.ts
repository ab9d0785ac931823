import { join } from 'node:path';
import type { Brought, Desk } from '../archive.js';
import { DAY, dayOf } from '../days.js';
import { fileName, type Series } from '../names.js';
import { putText } from '../place.js';
import { jsonTaker } from '../takers.js';
import type { Venue } from '../venue.js';
import type { Ask, Form, Question, Row } from './form.js';
import { funding } from './funding.js';
import { klines } from './klines.js';
import { openInterest } from './open-interest.js';

const FORMS: Readonly<Record<Question['rest']['form'], Form>> = {
  klines,
  funding,
  open_interest: openInterest,
};

/** What Binance says of a symbol that it does not list any more. */
const UNKNOWN_SYMBOL = /-1121\b/;

/** What the tail of one series came to. */
export interface Tail {
  readonly files: readonly Brought[];
  readonly unlisted: boolean;
}

/**
 * Ask for whole days that the archive does not have, and write each to a file of its own as soon as a later row has come.
 * A day without rows gives no file: the symbol did not trade, or the venue does not tell.
 * @param days  Starts of days, all over, in order.
 */
export async function fillTail(
  desk: Desk,
  series: Series,
  rest: Question['rest'],
  days: readonly number[],
): Promise<Tail> {
  const files: Brought[] = [];
  let unlisted = false;
  const ask = asking(desk.venue, rest, () => {
    unlisted = true;
  });
  const form = FORMS[rest.form];
  for (const [from, to] of stretches(days)) {
    const question = { rest, symbol: series.symbol, spacing: series.spacing, from, to };
    for await (const { day, rows } of byDay(form.pages(question, ask), question)) {
      files.push(await write(desk, series, rest, day, form.header, rows));
    }
    if (unlisted) break;
  }
  return { files, unlisted };
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

/** Whole days of rows; the day that is open when pages break off is not given. */
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

async function write(
  { folder, venue, journal }: Desk,
  series: Series,
  rest: Question['rest'],
  day: number,
  header: string,
  rows: readonly Row[],
): Promise<Brought> {
  const name = fileName(series, 'rest', day);
  const text = [header, ...rows.map((row) => row.text), ''].join('\n');
  const before = await journal.digest(name);
  const { sha256, bytes } = await putText(join(folder, name), text);
  const url = venue.url(venue.network.budgets[rest.budget]?.host ?? '', rest.path);
  journal.fetched(name, url, sha256, rows.length);
  const state = before === undefined ? 'fetched' : before === sha256 ? 'kept' : 'replaced';
  return { name, url, state, bytes, sha256, rows: rows.length };
}

function asking(venue: Venue, rest: Question['rest'], unlisted: () => void): Ask {
  return async (path, query, what, read) => {
    const text = Object.entries(query).map(([key, value]) => `${key}=${value}`);
    const full = `${path}?${text.join('&')}`;
    const had = await venue.endpoint(full, rest.budget, rest.weight, () => jsonTaker(what, read));
    if (had.kind === 'got') return had.value;
    if (had.kind === 'gave-up') return 'broken';
    if (had.kind === 'never' && UNKNOWN_SYMBOL.test(had.said)) {
      unlisted();
      return [];
    }
    const url = venue.url(venue.network.budgets[rest.budget]?.host ?? '', path);
    const { status, said } = had.kind === 'never' ? had : { status: 404, said: 'not found' };
    const facts = { host: new URL(url).host, url, status, said };
    return venue.manners.refuse('ingest/forbidden', facts);
  };
}
