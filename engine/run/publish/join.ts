import { MISSING_TEXT, type TextColumn } from '../../frame/column.js';
import { concat } from '../../frame/concat.js';
import type { Absent } from '../../frame/contract.js';
import type { Frame } from '../../frame/frame.js';
import { sorted } from '../../frame/sort.js';
import type { Span } from './table.js';

/** How rows of a table are told apart. */
export interface Rows {
  /** The time column that the table is split by. */
  readonly clock: string;
  /** What tells rows of one time apart, such as a symbol; where nothing does, rows of one time belong together. */
  readonly key: readonly string[];
  readonly sort: readonly string[];
  /** On a regular clock a row that holds nothing stands for one that is not there. */
  readonly regular: boolean;
  /** What such a row may hold nevertheless, since it says just that. */
  readonly absent?: Absent | undefined;
  /** The column that says of whom a row is, where having none means that there was nothing. */
  readonly silence?: string | undefined;
}

/** Rows of two tables in one. */
export interface Joined {
  readonly frame: Frame;
  /** How many are of the older table. */
  readonly kept: number;
  /** How many of those lie between the first and the last time of the run, which might have been expected to have them. */
  readonly inside: number;
}

/**
 * The rows of a run, and those of a published table that it does not have. Where both have a row, the run's stands; one of the run
 * that holds nothing gives way to one that holds something. Of whom the run's silence tells something, it stands too.
 * @param now   Rows of the run, in order.
 * @param old   Published rows, in order: the same columns.
 * @param span  Of all that the run has.
 * @throws frame/unlike-schemas
 */
export function joined(now: Frame, old: Frame, rows: Rows, span: Span): Joined {
  const times = old.time(rows.clock);
  const nothingNow = rows.regular ? holdsNothing(now, rows) : () => false;
  const nothingOld = rows.regular ? holdsNothing(old, rows) : () => false;
  const byId = rowsById(now, rows);
  const idOf = ids(old, rows);
  const isSilent = silent(old, rows, span);
  const kept: number[] = [];
  const replaced = new Set<number>();
  for (let row = 0; row < old.length; row++) {
    const mine = byId.get(idOf(row)) ?? [];
    if (mine.length === 0 && isSilent(row)) continue;
    if (mine.length > 0 && (nothingOld(row) || !mine.every(nothingNow))) continue;
    kept.push(row);
    for (const one of mine) replaced.add(one);
  }
  if (kept.length === 0) return { frame: now, kept: 0, inside: 0 };
  const stay = Array.from({ length: now.length }, (_, row) => row).filter((r) => !replaced.has(r));
  const both = concat([now.take(stay), old.take(kept)]);
  const isInside = (time: number) => time >= span.from && time <= span.to;
  return {
    frame: sorted(both, rows.sort),
    kept: kept.length,
    inside: kept.filter((row) => isInside(times[row] ?? Number.NaN)).length,
  };
}

/** Says the run, by having no such row, that there was nothing? */
function silent(old: Frame, { clock, silence }: Rows, span: Span): (row: number) => boolean {
  if (silence === undefined || span.whose === undefined) return () => false;
  const { from, to, whose } = span;
  const [times, names] = [old.time(clock), old.texts(silence)];
  return (row) => {
    const time = times[row] ?? Number.NaN;
    return time >= from && time <= to && whose.has(names[row] ?? null);
  };
}

function rowsById(frame: Frame, rows: Rows): ReadonlyMap<string | number, readonly number[]> {
  const found = new Map<string | number, number[]>();
  const idOf = ids(frame, rows);
  for (let row = 0; row < frame.length; row++) {
    const id = idOf(row);
    const others = found.get(id);
    if (others) others.push(row);
    else found.set(id, [row]);
  }
  return found;
}

/** What a row is told apart by: its time, and the texts or numbers of its key. */
function ids(frame: Frame, { clock, key }: Rows): (row: number) => string | number {
  const times = frame.time(clock);
  if (key.length === 0) return (row) => times[row] ?? Number.NaN;
  const cells = key.map((name) => cellsOf(frame, name));
  return (row) => JSON.stringify([times[row], ...cells.map((cell) => cell[row])]);
}

function cellsOf(frame: Frame, name: string): ArrayLike<string | number | null> {
  const column = frame.get(name);
  return column.dtype === 'text' ? frame.texts(name) : column.values;
}

/** Has a row neither number nor text, apart from what tells it apart and what says that it is not there? A flag alone says nothing. */
function holdsNothing(frame: Frame, { key, absent }: Rows): (row: number) => boolean {
  const names = frame.names.filter((name) => !key.includes(name));
  const cells = names.flatMap((name) => {
    const column = frame.get(name);
    const is = absent?.column === name ? absent.is : undefined;
    if (column.dtype === 'f64') return [isNoNumber(column.values, is)];
    return column.dtype === 'text' ? [isNoText(column, is)] : [];
  });
  if (!names.some((name) => frame.get(name).dtype === 'f64')) return () => false;
  return (row) => cells.every((isEmpty) => isEmpty(row));
}

type Cell = (row: number) => boolean;

function isNoNumber(values: Readonly<Float64Array>, is: Absent['is'] | undefined): Cell {
  return (row) => Number.isNaN(values[row]) || values[row] === is;
}

function isNoText({ codes, words }: TextColumn, is: Absent['is'] | undefined): Cell {
  const absent = typeof is === 'string' ? words.indexOf(is) : -1;
  return (row) => codes[row] === MISSING_TEXT || codes[row] === absent;
}
