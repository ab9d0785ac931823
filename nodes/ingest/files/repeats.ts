import type { Origin } from './merge.js';
import { clock, type Refuse, type Tally } from './tell.js';

/**
 * What becomes of rows of one time:
 * - `refuse`  there is one row a time; the same row twice is kept once, another one is refused;
 * - `last`    there is one row a time; a later file corrects an earlier one;
 * - `alike`   there may be several; the same row twice is kept once;
 * - `numbered` rows have numbers, one row a number; rows without numbers are all kept.
 */
export type Repeats = 'refuse' | 'last' | 'alike' | 'numbered';

interface All {
  /** By which rows are of one time. */
  readonly ts: Float64Array;
  readonly columns: ReadonlyMap<string, Float64Array>;
  readonly id: Float64Array | undefined;
}

/** What the rules below need to tell two rows apart and to say so. */
export interface Bench {
  readonly all: All;
  readonly origin: Origin;
  readonly refuse: Refuse;
  readonly tally: Tally;
}

/** The rows that stay, in order. @throws ingest/duplicate-row */
export function withoutRepeats(rule: Repeats, order: Int32Array, bench: Bench): Int32Array {
  const { ts } = bench.all;
  const kept = new Int32Array(order.length);
  let length = 0;
  let group = 0; // where the kept rows of this time begin
  for (const at of order) {
    if (length > 0 && ts[kept[group] ?? 0] !== ts[at]) group = length;
    const stays = verdict(rule, kept, group, length, at, bench);
    if (stays === 'new') kept[length++] = at;
    else if (stays === 'instead') kept[length - 1] = at;
  }
  return kept.subarray(0, length);
}

/** Is a row another one, the same as one that is kept, or to stand instead of the last one? */
function verdict(
  rule: Repeats,
  kept: Int32Array,
  group: number,
  length: number,
  at: number,
  bench: Bench,
): 'new' | 'same' | 'instead' {
  if (length === group) return 'new';
  const { id } = bench.all;
  const before = kept[length - 1] ?? 0;
  if (rule === 'numbered' && (!id || id[before] !== id[at])) return 'new';
  if (rule === 'alike') {
    for (let i = group; i < length; i++) {
      if (difference(bench.all, kept[i] ?? 0, at) === undefined) return same(at, bench);
    }
    return 'new';
  }
  const column = difference(bench.all, before, at);
  if (column === undefined) return same(at, bench);
  if (rule === 'last') {
    bench.tally.add('ingest/replaced-rows', 1, () => bench.origin.of(at));
    return 'instead';
  }
  return contradiction(column, before, at, bench);
}

function same(at: number, { tally, origin }: Bench): 'same' {
  tally.add('ingest/duplicate-rows', 1, () => origin.of(at));
  return 'same';
}

/** The first column in which two rows differ; missing equals missing. */
function difference({ columns }: All, a: number, b: number): string | undefined {
  for (const [name, values] of columns) {
    if (!Object.is(values[a], values[b]) && values[a] !== values[b]) return name;
  }
  return undefined;
}

function contradiction(
  column: string,
  before: number,
  at: number,
  { all, origin, refuse }: Bench,
): never {
  const [first, second] = [origin.of(before), origin.of(at)];
  const values = all.columns.get(column);
  return refuse('ingest/duplicate-row', {
    ...second,
    time: clock(all.ts[at] ?? 0),
    first: first.file,
    before: first.row,
    column,
    found: values?.[at],
    other: values?.[before],
  });
}
