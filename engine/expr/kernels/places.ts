import { EvenSort, type Sorted } from './even-sort.js';

/** Where rows stand in sorted order; rows of one value stand side by side in the order of rows. */
export interface Places {
  /** How many rows are known. */
  readonly known: number;
  /** For each row its own place; −1 where it is missing. */
  readonly own: Readonly<Int32Array>;
  /** The first place of its value; −1 where it is missing. */
  readonly from: Readonly<Int32Array>;
  /** For the first place of each value, that of the next larger one. */
  readonly ends: Readonly<Int32Array>;
}

/** Gives each row of a stretch a place of its own, in room that is used again: what it gave is gone with the next call. */
export class Placer {
  readonly #sort: EvenSort;
  readonly #sorted: Sorted;
  readonly #own: Int32Array;
  readonly #from: Int32Array;
  readonly #ends: Int32Array;

  /** @param most  rows at a time. */
  constructor(most: number) {
    this.#sort = new EvenSort(most);
    this.#sorted = { values: new Float64Array(most), order: new Int32Array(most) };
    this.#own = new Int32Array(most);
    this.#from = new Int32Array(most);
    this.#ends = new Int32Array(most);
  }

  /** The places of the rows from `from` until before `to`, which are counted from `from`. −0 and 0 are one value. */
  place(x: Readonly<Float64Array>, from: number, to: number): Places {
    const known = this.#sort.sort(x, from, to, this.#sorted);
    const { values, order } = this.#sorted;
    const own = this.#own.fill(-1, 0, to - from);
    const first = this.#from.fill(-1, 0, to - from);
    const ends = this.#ends;
    let start = 0;
    for (let place = 0; place < known; place += 1) {
      if (values[place] !== values[start]) start = place;
      const row = order[place] ?? 0;
      own[row] = place;
      first[row] = start;
      ends[start] = place + 1;
    }
    return { known, own, from: first, ends };
  }
}
