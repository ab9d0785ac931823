import { timeColumn } from '../frame/build.js';
import type { Frame } from '../frame/frame.js';
import type { Random } from '../sdk/random.js';
import { disturbed } from './disturb.js';
import { knownTimes, lateColumns } from './known.js';
import type { Table } from './subject.js';

/** What becomes of all that is known only after a time: it is gone, it is another market, it is missing. */
export const FUTURES = ['removed', 'scrambled', 'missing'] as const;
export type Future = (typeof FUTURES)[number];

/**
 * A table as it could have been, had one looked at it at `at` and known no more. Tables that are tied to no time stay as they
 * are. Cells that become known after their row are missing until then; a time that lies ahead is known to lie ahead,
 * and no more.
 */
export function withFuture(table: Table, at: number, future: Future, random: Random): Frame {
  const { frame, contract } = table;
  const known = knownTimes(frame, contract);
  if (!known) return frame;
  const later = (row: number): boolean => (known[row] ?? 0) > at;
  const blanked = withoutLate(table, at, random);
  if (future === 'removed') return taken(blanked, (row) => !later(row));
  const beyond = disturbed(blanked, contract, later, 'scrambled', random);
  return future === 'missing' ? disturbed(beyond, contract, later, 'missing', random) : beyond;
}

/** The rows that satisfy a condition; a stretch without holes is a view. */
export function taken(frame: Frame, keeps: (row: number) => boolean): Frame {
  const rows: number[] = [];
  for (let row = 0; row < frame.length; row += 1) if (keeps(row)) rows.push(row);
  const [first = 0] = rows;
  const last = rows[rows.length - 1] ?? -1;
  return last - first + 1 === rows.length ? frame.slice(first, last + 1) : frame.take(rows);
}

function withoutLate({ frame, contract }: Table, at: number, random: Random): Frame {
  let found = frame;
  for (const [name, times] of lateColumns(frame, contract)) {
    if (frame.get(name).dtype === 'time') {
      found = found.with(name, timeColumn(times.map((ms) => Math.min(ms, at + 1))));
      continue;
    }
    const only = { ...contract, columns: new Map() };
    const part = disturbed(
      frame.select([name]),
      { ...only, sort: [], unique: [], entity: [], available: undefined },
      (row) => (times[row] ?? 0) > at,
      'missing',
      random,
    );
    found = found.with(name, part.get(name));
  }
  return found;
}
