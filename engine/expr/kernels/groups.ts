import type { Series } from '../types.js';
import { asFlags, asNumbers, asTexts } from './read.js';

/** Rows of a clock sorted into groups: those with one value of a key stand together, in their order in time. */
export interface Groups {
  /** For each row of a grouped series, the row of the clock that it is. */
  readonly rows: Int32Array;
  /** Where each group starts, and at last where the last one ends. Groups stand in the order in which they first occur. */
  readonly starts: Int32Array;
}

/** Sort rows by the value of a key; rows without one are in no group. */
export function groupsOf(key: Series, length: number): Groups {
  const group = numbered(key, length);
  const count = group.reduce((top, g) => Math.max(top, g + 1), 0);
  const starts = new Int32Array(count + 1);
  for (const g of group) if (g >= 0) starts[g + 1] = (starts[g + 1] ?? 0) + 1;
  for (let g = 0; g < count; g += 1) starts[g + 1] = (starts[g + 1] ?? 0) + (starts[g] ?? 0);
  const next = starts.slice();
  const rows = new Int32Array(starts[count] ?? 0);
  for (let i = 0; i < length; i += 1) {
    const g = group[i] ?? -1;
    if (g < 0) continue;
    const at = next[g] ?? 0;
    rows[at] = i;
    next[g] = at + 1;
  }
  return { rows, starts };
}

/** For each row the number of its group, −1 without one. */
function numbered(key: Series, length: number): Int32Array {
  const found = new Map<number | string, number>();
  const group = new Int32Array(length).fill(-1);
  const cell = cellsOf(key);
  for (let i = 0; i < length; i += 1) {
    const value = cell(i);
    if (value === undefined) continue;
    const known = found.get(value);
    group[i] = known ?? found.size;
    if (known === undefined) found.set(value, found.size);
  }
  return group;
}

/** The value of a key in a row; undefined where it is missing. A map takes −0 for 0, as `==` does. */
function cellsOf(key: Series): (row: number) => number | string | undefined {
  if (key.type === 'number') {
    const { data, mask } = asNumbers(key);
    return (row) => {
      const v = data[row & mask] ?? Number.NaN;
      return Number.isNaN(v) ? undefined : v;
    };
  }
  if (key.type === 'boolean') {
    const { data, mask } = asFlags(key);
    return (row) => {
      const v = data[row & mask] ?? 255;
      return v === 255 ? undefined : v;
    };
  }
  const { data, mask, words } = asTexts(key);
  return (row) => words[data[row & mask] ?? 0xffff_ffff];
}

/**
 * For each row of the clock its place in the grouped series; −1 for rows in no group.
 * @param from  rows of each group to pass over; none where undefined.
 */
export function placesIn(groups: Groups, length: number, from?: Readonly<Int32Array>): Int32Array {
  const places = new Int32Array(length).fill(-1);
  const { rows, starts } = groups;
  for (let g = 0; g + 1 < starts.length; g += 1) {
    const end = starts[g + 1] ?? 0;
    for (let at = (starts[g] ?? 0) + (from?.[g] ?? 0); at < end; at += 1)
      places[rows[at] ?? 0] = at;
  }
  return places;
}
