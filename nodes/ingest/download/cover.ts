import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Brought, Desk } from './archive.js';
import { monthOf, nextMonth } from './days.js';
import type { Network } from './venue.js';

// Which files of a series can be relied upon, and which days that leaves.

/** A file that was asked for, and the time it begins at. */
export interface At {
  readonly time: number;
  readonly brought: Brought;
}

/** Times of the verified files in the folder, be it from an earlier run whose file the archive has spoilt since. */
export function lying({ folder }: Desk, files: readonly At[]): ReadonlySet<number> {
  const there = files.filter(
    ({ brought }) => !brought.unverified && existsSync(join(folder, brought.name)),
  );
  return new Set(there.map(({ time }) => time));
}

/** Months of which there is a file, but none that can be used, so that their days are looked for. */
export function spoilt(months: readonly At[]): ReadonlySet<number> {
  const bad = months.filter(({ brought }) => brought.state === 'quarantined' || brought.unverified);
  return new Set(bad.map(({ time }) => time));
}

/** Months that came anew and lack rows that they had, so that their days are looked for. */
export function shorter(months: readonly At[]): ReadonlySet<number> {
  return new Set(months.filter(({ brought }) => brought.lacks).map(({ time }) => time));
}

/** Which days are asked for one by one. @param bad  Months that do not speak for their days. */
export function uncovered(
  { months: published }: Network['datasets'][string],
  months: ReadonlySet<number>,
  bad: readonly ReadonlySet<number>[],
  recent: number,
): (day: number) => boolean {
  if (!published) return () => true;
  const isBad = (month: number) => bad.some((set) => set.has(month));
  const listed = [...months, ...bad.flatMap((set) => [...set])];
  const [first, last] = [Math.min(...listed), Math.max(...listed)];
  return (day) => {
    const month = monthOf(day);
    if (isBad(month)) return true;
    if (months.has(month)) return false;
    return nextMonth(month) > recent || (month > first && month < last);
  };
}
