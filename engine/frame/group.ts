import { type Column, MISSING_TEXT } from './column.js';
import type { Frame } from './frame.js';

/** Rows that share their values in some columns. Groups stand in order of first appearance, rows in order inside each. */
export interface Groups {
  readonly count: number;
  /** Row → group. */
  readonly ids: Readonly<Uint32Array>;
  /** Group → its first row. */
  readonly first: Readonly<Uint32Array>;
  /** The rows of one group, ascending: a view. */
  rows(group: number): Readonly<Uint32Array>;
}

/** Rows numbered by what they share, in order of first appearance. */
export interface Numbered {
  /** Row → group. */
  readonly ids: Readonly<Uint32Array>;
  readonly count: number;
}

/**
 * Group rows by columns of any type. Missing is a value of its own; 0 and −0 are one.
 * No columns give one group of all rows.
 * @throws frame/no-column
 */
export function groupBy(frame: Frame, columns: readonly string[]): Groups {
  return gathered(numbered(frame, columns));
}

/** The groups of rows without the rows of each. @throws frame/no-column */
export function numbered(frame: Frame, columns: readonly string[]): Numbered {
  const [first, ...others] = columns.map((name) => identify(frame.get(name)));
  if (!first) return { ids: new Uint32Array(frame.length), count: Math.min(1, frame.length) };
  return others.reduce(cross, first);
}

/** Number the values of a column. */
function identify(column: Column): Numbered {
  if (column.dtype === 'text') return dense(column.codes, column.words.length, MISSING_TEXT);
  if (column.dtype === 'bool') return dense(column.values, 255, 255);
  const known = new Map<number, number>();
  const ids = Uint32Array.from(column.values, (value) => numberOf(known, value));
  return { ids, count: known.size };
}

/** The same for codes below `size`, with one more code for missing. */
function dense(codes: ArrayLike<number>, size: number, missing: number): Numbered {
  const named = new Int32Array(size + 1).fill(-1);
  const ids = new Uint32Array(codes.length);
  let count = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? missing;
    const slot = code === missing ? size : code;
    let id = named[slot] ?? -1;
    if (id < 0) {
      id = count++;
      named[slot] = id;
    }
    ids[row] = id;
  }
  return { ids, count };
}

/** Number the pairs of two numberings. Both are below the number of rows, so pairs are exact up to 94 million rows. */
function cross(a: Numbered, b: Numbered): Numbered {
  if (b.count <= 1) return a;
  const size = a.count * b.count;
  if (size <= MOST_CELLS) {
    const cells = new Uint32Array(a.ids.length);
    for (let row = 0; row < cells.length; row++) {
      cells[row] = (a.ids[row] ?? 0) * b.count + (b.ids[row] ?? 0);
    }
    return dense(cells, size, size);
  }
  const known = new Map<number, number>();
  const ids = a.ids.map((id, row) => numberOf(known, id * b.count + (b.ids[row] ?? 0)));
  return { ids, count: known.size };
}

/** Pairs that are numbered by a table of all there can be, not by a map of those there are. */
const MOST_CELLS = 1 << 20;

function numberOf(known: Map<number, number>, value: number): number {
  const found = known.get(value);
  if (found !== undefined) return found;
  known.set(value, known.size);
  return known.size - 1;
}

/** Put the rows of each group together. */
export function gathered({ ids, count }: Numbered): Groups {
  const starts = new Uint32Array(count + 1);
  for (let row = 0; row < ids.length; row++) {
    const next = (ids[row] ?? 0) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let g = 0; g < count; g++) starts[g + 1] = (starts[g + 1] ?? 0) + (starts[g] ?? 0);
  const next = starts.slice(0, count);
  const order = new Uint32Array(ids.length);
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row] ?? 0;
    const at = next[id] ?? 0;
    order[at] = row;
    next[id] = at + 1;
  }
  const first = Uint32Array.from({ length: count }, (_, g) => order[starts[g] ?? 0] ?? 0);
  return { count, ids, first, rows: (g) => order.subarray(starts[g], starts[g + 1]) };
}
