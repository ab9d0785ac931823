import { EvenSort, type Sorted } from './even-sort.js';

/** The distinct known values of some rows, and which of them each row has. */
export interface Ranks {
  /** Ascending. */
  readonly values: Readonly<Float64Array>;
  /** For each row the place of its value; −1 where it is missing. */
  readonly slots: Readonly<Int32Array>;
}

/** Ranks rows, in room that is used again: what it gave is gone with the next call. */
export class Ranker {
  readonly #sort: EvenSort;
  readonly #sorted: Sorted;
  readonly #slots: Int32Array;

  /** @param most  rows to rank at a time. */
  constructor(most: number) {
    this.#sort = new EvenSort(most);
    this.#sorted = { values: new Float64Array(most), order: new Int32Array(most) };
    this.#slots = new Int32Array(most);
  }

  /** The ranks of the rows from `from` until before `to`; slots are counted from `from`. −0 and 0 are one value. */
  rank(x: Readonly<Float64Array>, from: number, to: number): Ranks {
    const slots = this.#slots.subarray(0, to - from).fill(-1);
    const known = this.#sort.sort(x, from, to, this.#sorted);
    return { values: this.#sorted.values.subarray(0, this.#distinct(known, slots)), slots };
  }

  /** Leave each value once, and set the slots of their rows; gives how many there are. */
  #distinct(known: number, slots: Int32Array): number {
    const { values, order } = this.#sorted;
    let count = 0;
    let last = Number.NaN;
    for (let i = 0; i < known; i += 1) {
      const v = values[i] ?? 0;
      if (v !== last) {
        values[count] = v;
        count += 1;
        last = v;
      }
      slots[order[i] ?? 0] = count - 1;
    }
    return count;
  }
}
