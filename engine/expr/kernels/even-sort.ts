import { SortOrder } from './sort-order.js';

/** Buckets for each number: fewer make the insertions long, more do not stay in the cache. */
const ROOM = 2;
/** Places that a number may have to move within its bucket, on average, before sorting by bits is quicker. */
const EASE = 8;

/**
 * Sorts numbers that have tags, by where they stand between the least and the largest: into buckets of even width, about one
 * number each, and those of one bucket by insertion. Where most of them share few buckets, as beside a far print, by their bits.
 */
export class EvenSort {
  /** What to sort, no NaN and no −0, and a tag of each. */
  readonly cells: Float64Array;
  readonly tags: Int32Array;
  /** After a sort: the cells in order, and their tags. */
  readonly values: Float64Array;
  readonly order: Int32Array;
  readonly #buckets: Int32Array;
  readonly #starts: Int32Array;
  #byBits: SortOrder | undefined;

  /** @param most  numbers to sort at a time. */
  constructor(most: number) {
    this.cells = new Float64Array(most);
    this.tags = new Int32Array(most);
    this.values = new Float64Array(most);
    this.order = new Int32Array(most);
    this.#buckets = new Int32Array(most);
    this.#starts = new Int32Array(ROOM * most);
  }

  /** Sort the first `n` cells, which lie between two limits. */
  sort(n: number, least: number, largest: number): void {
    const buckets = ROOM * n;
    const scale = (buckets - 1) / (largest - least);
    if (scale > 0 && scale < Number.POSITIVE_INFINITY) {
      this.#count(n, least, scale);
      this.#place(n, buckets);
      if (this.#settle(n)) return;
    }
    this.#sortByBits(n);
  }

  #count(n: number, least: number, scale: number): void {
    const { cells } = this;
    const buckets = this.#buckets;
    const counts = this.#starts.fill(0, 0, ROOM * n);
    for (let i = 0; i < n; i += 1) {
      const bucket = (((cells[i] ?? 0) - least) * scale) | 0;
      buckets[i] = bucket;
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    }
  }

  #place(n: number, all: number): void {
    const { cells, tags, values, order } = this;
    const buckets = this.#buckets;
    const starts = this.#starts;
    let before = 0;
    for (let bucket = 0; bucket < all; bucket += 1) {
      const count = starts[bucket] ?? 0;
      starts[bucket] = before;
      before += count;
    }
    for (let i = 0; i < n; i += 1) {
      const bucket = buckets[i] ?? 0;
      const at = starts[bucket] ?? 0;
      starts[bucket] = at + 1;
      values[at] = cells[i] ?? 0;
      order[at] = tags[i] ?? 0;
    }
  }

  /** Put those of one bucket in order; false where that takes long. */
  #settle(n: number): boolean {
    const { values, order } = this;
    let moves = 0;
    for (let i = 1; i < n; i += 1) {
      const v = values[i] ?? 0;
      if ((values[i - 1] ?? 0) <= v) continue;
      const tag = order[i] ?? 0;
      let to = i;
      do {
        values[to] = values[to - 1] ?? 0;
        order[to] = order[to - 1] ?? 0;
        to -= 1;
      } while (to > 0 && (values[to - 1] ?? 0) > v);
      values[to] = v;
      order[to] = tag;
      moves += i - to;
      if (2 * moves > EASE * (i + n)) return false;
    }
    return true;
  }

  #sortByBits(n: number): void {
    this.#byBits ??= new SortOrder(this.cells);
    const sorted = this.#byBits.of(n);
    for (let i = 0; i < n; i += 1) {
      const at = sorted[i] ?? 0;
      this.values[i] = this.cells[at] ?? 0;
      this.order[i] = this.tags[at] ?? 0;
    }
  }
}
