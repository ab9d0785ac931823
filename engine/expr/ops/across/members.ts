import { asFlags, asNumbers, asTexts } from '../../kernels/read.js';
import type { AcrossCall } from '../../op.js';
import { CONSTANT, type Series } from '../../types.js';

/** Members of one row and group: which symbols, and the row of each. */
export interface Row {
  readonly symbols: Int32Array;
  readonly rows: Int32Array;
  n: number;
}

/** Note the symbols that have this grid row; rows of the grid are to be asked for in turn. */
export function rowOf(call: AcrossCall, grid: number, next: Int32Array, row: Row): void {
  row.n = 0;
  for (let s = 0; s < next.length; s += 1) {
    const at = next[s] ?? 0;
    if (call.gridOf[s]?.[at] !== grid) continue;
    row.symbols[row.n] = s;
    row.rows[row.n] = at;
    row.n += 1;
    next[s] = at + 1;
  }
}

/** The members of a row by group; a symbol without a group is in none. */
export function groupsIn(row: Row, groups: readonly (Series | undefined)[]): readonly Row[] {
  if (oneForAll(groups)) return [row];
  const found = new Map<string, Row>();
  for (let k = 0; k < row.n; k += 1) {
    const symbol = row.symbols[k] ?? 0;
    const at = row.rows[k] ?? 0;
    const word = wordAt(groups[symbol], at);
    if (word === undefined) continue;
    let group = found.get(word);
    if (group === undefined) {
      group = { symbols: new Int32Array(row.n), rows: new Int32Array(row.n), n: 0 };
      found.set(word, group);
    }
    group.symbols[group.n] = symbol;
    group.rows[group.n] = at;
    group.n += 1;
  }
  return [...found.values()];
}

/** Whether all symbols are one group: where none are asked for, and where the group is the same constant for all. */
function oneForAll(groups: readonly (Series | undefined)[]): boolean {
  const word = wordAt(groups[0], 0);
  const same = (of: Series | undefined): boolean =>
    of?.mask === CONSTANT && word !== undefined && wordAt(of, 0) === word;
  return groups.every((of) => of === undefined) || groups.every(same);
}

/** The text in a row; undefined where it is missing. */
export function wordAt(series: Series | undefined, row: number): string | undefined {
  if (series === undefined) return undefined;
  const { words, data, mask } = asTexts(series);
  return words[data[row & mask] ?? 0xffff_ffff];
}

/** How to read a series: numbers as they are, flags as 0 and 1; NaN missing. */
export function membersOf(series: Series | undefined): (row: number) => number {
  if (series === undefined) return () => Number.NaN;
  if (series.type === 'boolean') {
    const { data, mask } = asFlags(series);
    return (row) => {
      const v = data[row & mask] ?? 255;
      return v === 255 ? Number.NaN : v;
    };
  }
  const { data, mask } = asNumbers(series);
  return (row) => data[row & mask] ?? Number.NaN;
}
