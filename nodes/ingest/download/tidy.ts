import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Desk } from './archive.js';
import { monthOf } from './days.js';
import { dayIn, fileName, folderName, type Series } from './names.js';
import { namesIn } from './place.js';
import { type Cells, cellsIn, lackedBy, minutesOf } from './rows.js';

// A day goes when its month came, a day by REST when the archive has the day: if that has all of its rows. The archive has been
// seen to publish months that lack days, and what it had told once is not thrown away.

/** Files that stay though something larger has come, with the number of rows that it lacks. */
export interface Stays {
  readonly name: string;
  readonly day: number;
  readonly rows: number;
}

/** What stays of the days that lie in the folder, and which days the archive covers. */
export interface Tidied {
  readonly stays: readonly Stays[];
  readonly covered: (day: number) => boolean;
}

type Read = (name: string) => Promise<Cells>;

/** Days that lie in the folder and have rows that the file of their month lacks. */
export async function heldByDays(
  desk: Desk,
  series: Series,
  months: ReadonlySet<number>,
): Promise<ReadonlySet<number>> {
  const read = reader(desk, series);
  const found = await overtaken(desk, series, 'daily', (day) => months.has(monthOf(day)), read);
  return new Set(found.filter(({ rows }) => rows > 0).map(({ day }) => day));
}

/** Remove days of which the archive has every row in something larger, with what killed runs left. */
export async function tidy(
  desk: Desk,
  series: Series,
  months: ReadonlySet<number>,
  days: ReadonlySet<number>,
): Promise<Tidied> {
  const byMonth = (day: number) => months.has(monthOf(day));
  const covered = (day: number) => byMonth(day) || days.has(day);
  const stays: Stays[] = [];
  const read = reader(desk, series);
  namesIn(join(desk.folder, folderName(series, 'monthly')));
  for (const period of ['daily', 'rest'] as const) {
    const isOvertaken = period === 'daily' ? byMonth : covered;
    for (const one of await overtaken(desk, series, period, isOvertaken, read)) {
      if (one.rows > 0) stays.push(one);
      else remove(join(desk.folder, one.name));
    }
  }
  return { stays, covered };
}

/** The checksum last: a file without one is imported, a checksum without its file is no file. */
function remove(path: string): void {
  rmSync(path, { force: true });
  rmSync(`${path}.CHECKSUM`, { force: true });
}

/** Files of days for which something larger lies there, each with how many of its rows that lacks. */
async function overtaken(
  { folder }: Desk,
  series: Series,
  period: 'daily' | 'rest',
  isOvertaken: (day: number) => boolean,
  read: Read,
): Promise<readonly Stays[]> {
  const where = folderName(series, period);
  const found: Stays[] = [];
  for (const file of [...namesIn(join(folder, where))].sort()) {
    const day = dayIn(series, period, file);
    if (day === undefined || !isOvertaken(day)) continue;
    const name = `${where}/${file}`;
    const rows = await rowsAlone(series, period, name, day, read);
    // Where it cannot be told the file stays.
    if (rows !== undefined) found.push({ name, day, rows });
  }
  return found;
}

/** How many rows of a file are in no larger one. */
async function rowsAlone(
  series: Series,
  period: 'daily' | 'rest',
  name: string,
  day: number,
  read: Read,
): Promise<number | undefined> {
  const own = await read(name);
  const month = await read(fileName(series, 'monthly', monthOf(day)));
  if (period === 'daily') return lackedBy([month], own);
  const larger = [month, await read(fileName(series, 'daily', day))];
  return lackedBy(larger.map(minutesOf), minutesOf(own));
}

/** Reads files, a month once for all of its days. */
function reader({ folder }: Desk, series: Series): Read {
  const months = `${folderName(series, 'monthly')}/`;
  let last: { readonly name: string; readonly cells: ReturnType<Read> } | undefined;
  return (name) => {
    if (last?.name === name) return last.cells;
    const cells = cellsIn(join(folder, name));
    if (name.startsWith(months)) last = { name, cells };
    return cells;
  };
}
