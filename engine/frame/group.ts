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

/**
 * Group rows by columns of any type. Missing is a value of its own; 0 and −0 are one.
 * No columns give one group of all rows.
 * @throws frame/no-column
 */
export function groupBy(frame: Frame, columns: readonly string[]): Groups {
  let ids: Readonly<Uint32Array> = new Uint32Array(frame.length);
  columns.forEach((name, i) => {
    const own = identify(frame.get(name));
    ids = i === 0 ? own : cross(ids, own);
  });
  return gather(ids);
}

/** Number the values of a column in order of first appearance. */
function identify(column: Column): Readonly<Uint32Array> {
  if (column.dtype === 'text') return dense(column.codes, column.words.length, MISSING_TEXT);
  if (column.dtype === 'bool') return dense(column.values, 255, 255);
  const known = new Map<number, number>();
  return Uint32Array.from(column.values, (value) => numberOf(known, value));
}

/** The same for codes below `size`, with one more code for missing. */
function dense(codes: ArrayLike<number>, size: number, missing: number): Readonly<Uint32Array> {
  const named = new Int32Array(size + 1).fill(-1);
  const ids = new Uint32Array(codes.length);
  let next = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? missing;
    const slot = code === missing ? size : code;
    let id = named[slot] ?? -1;
    if (id < 0) {
      id = next++;
      named[slot] = id;
    }
    ids[row] = id;
  }
  return ids;
}

/** Number the pairs of two numberings. Both are below the number of rows, so pairs are exact up to 94 million rows. */
function cross(a: Readonly<Uint32Array>, b: Readonly<Uint32Array>): Readonly<Uint32Array> {
  const width = 1 + largest(b);
  const size = (1 + largest(a)) * width;
  if (size <= MOST_CELLS) {
    const cells = a.slice();
    for (let row = 0; row < cells.length; row++) {
      cells[row] = (cells[row] ?? 0) * width + (b[row] ?? 0);
    }
    return dense(cells, size, size);
  }
  const known = new Map<number, number>();
  return a.map((id, row) => numberOf(known, id * width + (b[row] ?? 0)));
}

/** Pairs that are numbered by a table of all there can be, not by a map of those there are. */
const MOST_CELLS = 1 << 20;

function largest(ids: Readonly<Uint32Array>): number {
  let most = 0;
  for (const id of ids) if (id > most) most = id;
  return most;
}

function numberOf(known: Map<number, number>, value: number): number {
  const found = known.get(value);
  if (found !== undefined) return found;
  known.set(value, known.size);
  return known.size - 1;
}

function gather(ids: Readonly<Uint32Array>): Groups {
  const count = ids.length === 0 ? 0 : 1 + largest(ids);
  const starts = new Uint32Array(count + 1);
  for (const id of ids) starts[id + 1] = (starts[id + 1] ?? 0) + 1;
  for (let g = 0; g < count; g++) starts[g + 1] = (starts[g + 1] ?? 0) + (starts[g] ?? 0);
  const next = starts.slice(0, count);
  const order = new Uint32Array(ids.length);
  ids.forEach((id, row) => {
    const at = next[id] ?? 0;
    order[at] = row;
    next[id] = at + 1;
  });
  const first = Uint32Array.from({ length: count }, (_, g) => order[starts[g] ?? 0] ?? 0);
  return { count, ids, first, rows: (g) => order.subarray(starts[g], starts[g + 1]) };
}
