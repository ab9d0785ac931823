import { type Frame, isFrame } from '../frame/frame.js';
import type { Value } from '../store/value.js';
import { isFile } from './file-value.js';

/** One file to publish. */
export interface Part {
  /** Path within the published folder. */
  readonly name: string;
  readonly value: Value;
}

/** The files a value is published as: one, or one for each month, day or year of a frame's first time column. */
export function parts(
  name: string,
  value: Value,
  split: 'month' | 'day' | 'year' | undefined,
): readonly Part[] {
  if (isFile(value)) return [{ name: `${name}${extension(value.name)}`, value }];
  if (!isFrame(value)) return [{ name: `${name}.json`, value }];
  if (!split) return [{ name: `${name}.parquet`, value }];
  return byPeriod(value, LENGTH[split]).map(([period, rows]) => ({
    name: `${name}/${period}.parquet`,
    value: rows,
  }));
}

/** Is a file one of those that a value published under this name is split into? */
export function isPartOf(
  name: string,
  file: string,
  split: 'month' | 'day' | 'year' | undefined,
): boolean {
  if (!split) return file.startsWith(`${name}.`);
  const period = file.slice(`${name}/`.length, -'.parquet'.length);
  return file === `${name}/${period}.parquet` && (period === WHOLE || SHAPE[split].test(period));
}

/** What stands for the period of a table that has none. */
const WHOLE = 'all';
const SHAPE = { year: /^\d{4}$/, month: /^\d{4}-\d\d$/, day: /^\d{4}-\d\d-\d\d$/ } as const;
const DAY = 86_400_000;
const LENGTH = { year: 4, month: 7, day: 10 } as const;

/** Runs of rows whose times start with the same text of an ISO date; rows are in time order. */
function byPeriod(frame: Frame, length: number): readonly (readonly [string, Frame])[] {
  const clock = frame.fields.find((f) => f.dtype === 'time')?.name;
  if (clock === undefined || frame.length === 0) return [[WHOLE, frame]];
  const times = frame.time(clock);
  const period = (row: number) => new Date(times[row] ?? 0).toISOString().slice(0, length);
  // No period is shorter than a day, and a date takes as long to spell as many rows to pass.
  const sameDay = (row: number) => dayOf(times[row]) === dayOf(times[row - 1]);
  const found: (readonly [string, Frame])[] = [];
  let from = 0;
  let own = period(0);
  for (let row = 1; row <= frame.length; row++) {
    const next = row === frame.length ? '' : sameDay(row) ? own : period(row);
    if (next === own) continue;
    found.push([own, frame.slice(from, row)]);
    from = row;
    own = next;
  }
  return found;
}

function dayOf(time: number | undefined): number {
  return Math.floor((time ?? 0) / DAY);
}

function extension(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot) : '';
}
