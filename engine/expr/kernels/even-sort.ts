import { isMissing } from './missing.js';
import { SortOrder } from './sort-order.js';

/** Buckets for each row: fewer make the insertions long, more do not stay in the cache. */
const ROOM = 2;
/** Places that a row may have to move within its bucket, on average, before sorting by bits is quicker. */
const EASE = 8;

/** Rows in sorted order. */
export interface Sorted {
  /** Their values, ascending. */
  readonly values: Float64Array;
  /** Which rows they are, counted from the first. */
  readonly order: Int32Array;
}

/**
 * Sorts the known ones of some rows, by where they stand between the least and the largest: into buckets of even width, about one
 * row each, and those of one bucket by insertion. Where most of them share few buckets, as beside a far print, by their bits.
 */
export class EvenSort {
  readonly #buckets: Int32Array;
  readonly #starts: Int32Array;
  #byBits: SortOrder | undefined;

  /** @param most  rows to sort at a time. */
  constructor(readonly most: number) {
    this.#buckets = new Int32Array(most);
    this.#starts = new Int32Array(ROOM * most);
  }

  /** Sort the rows from `from` until before `to`; gives how many of them are known. −0 becomes 0. */
  sort(x: Readonly<Float64Array>, from: number, to: number, into: Sorted): number {
    let known = 0;
    let least = Number.POSITIVE_INFINITY;
    let largest = Number.NEGATIVE_INFINITY;
    for (let i = from; i < to; i += 1) {
      const v = x[i] ?? Number.NaN;
      if (v < least) least = v;
      if (v > largest) largest = v;
      known += isMissing(v) ? 0 : 1;
    }
    const scale = (ROOM * known - 1) / (largest - least);
    // Numbers too close for buckets of their own share one, as equal ones do.
    this.#count(x, from, to, least, scale < Number.POSITIVE_INFINITY ? scale : 0);
    this.#place(x, from, to, into);
    if (!settle(into, known)) this.#sortByBits(x, from, to, into);
    return known;
  }

  /** Find the bucket of each row, and where each bucket starts. */
  #count(x: Readonly<Float64Array>, from: number, to: number, least: number, scale: number): void {
    const buckets = this.#buckets;
    const starts = this.#starts;
    const all = ROOM * (to - from);
    starts.fill(0, 0, all);
    for (let i = from; i < to; i += 1) {
      const v = x[i] ?? Number.NaN;
      if (isMissing(v)) continue;
      const bucket = ((v - least) * scale) | 0;
      buckets[i - from] = bucket;
      starts[bucket] = (starts[bucket] ?? 0) + 1;
    }
    let before = 0;
    for (let bucket = 0; bucket < all; bucket += 1) {
      const count = starts[bucket] ?? 0;
      starts[bucket] = before;
      before += count;
    }
  }

  #place(x: Readonly<Float64Array>, from: number, to: number, { values, order }: Sorted): void {
    const buckets = this.#buckets;
    const starts = this.#starts;
    for (let i = from; i < to; i += 1) {
      const v = x[i] ?? Number.NaN;
      if (isMissing(v)) continue;
      const bucket = buckets[i - from] ?? 0;
      const at = starts[bucket] ?? 0;
      starts[bucket] = at + 1;
      values[at] = v + 0;
      order[at] = i - from;
    }
  }

  #sortByBits(
    x: Readonly<Float64Array>,
    from: number,
    to: number,
    { values, order }: Sorted,
  ): void {
    this.#byBits ??= new SortOrder(new Float64Array(this.most));
    const { cells } = this.#byBits;
    const rows = this.#buckets;
    let known = 0;
    for (let i = from; i < to; i += 1) {
      const v = x[i] ?? Number.NaN;
      if (isMissing(v)) continue;
      cells[known] = v + 0;
      rows[known] = i - from;
      known += 1;
    }
    const sorted = this.#byBits.of(known);
    for (let i = 0; i < known; i += 1) {
      const at = sorted[i] ?? 0;
      values[i] = cells[at] ?? 0;
      order[i] = rows[at] ?? 0;
    }
  }
}

/** Put those of one bucket in order; false where that takes long. */
function settle({ values, order }: Sorted, known: number): boolean {
  let moves = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < known; i += 1) {
    const v = values[i] ?? 0;
    if (last <= v) {
      last = v;
      continue;
    }
    const row = order[i] ?? 0;
    let to = i;
    let above = last;
    do {
      values[to] = above;
      order[to] = order[to - 1] ?? 0;
      to -= 1;
      above = to > 0 ? (values[to - 1] ?? 0) : v;
    } while (above > v);
    values[to] = v;
    order[to] = row;
    moves += i - to;
    if (2 * moves > EASE * (i + known)) return false;
  }
  return true;
}
