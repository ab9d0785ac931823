import { isMissing } from './missing.js';
import { SortOrder } from './sort-order.js';

/** The distinct known values of some rows, and which of them each row has. */
export interface Ranks {
  /** Ascending. */
  readonly values: Readonly<Float64Array>;
  /** For each row the place of its value; −1 where it is missing. */
  readonly slots: Readonly<Int32Array>;
}

/** Ranks rows, in room that is used again: what it gave is gone with the next call. */
export class Ranker {
  readonly #sort: SortOrder;
  readonly #rows: Int32Array;
  readonly #values: Float64Array;
  readonly #slots: Int32Array;

  /** @param most  rows to rank at a time. */
  constructor(most: number) {
    this.#sort = new SortOrder(most);
    this.#rows = new Int32Array(most);
    this.#values = new Float64Array(most);
    this.#slots = new Int32Array(most);
  }

  /** The ranks of the rows from `from` until before `to`; slots are counted from `from`. −0 and 0 are one value. */
  rank(x: Readonly<Float64Array>, from: number, to: number): Ranks {
    const { cells } = this.#sort;
    let known = 0;
    for (let i = from; i < to; i += 1) {
      const v = x[i] ?? Number.NaN;
      this.#slots[i - from] = -1;
      if (isMissing(v)) continue;
      cells[known] = v + 0;
      this.#rows[known] = i - from;
      known += 1;
    }
    return {
      values: this.#values.subarray(0, this.#distinct(known)),
      slots: this.#slots.subarray(0, to - from),
    };
  }

  /** Gather the distinct values of the first cells, and set the slots of their rows; gives how many there are. */
  #distinct(known: number): number {
    const order = this.#sort.of(known);
    const { cells } = this.#sort;
    let count = 0;
    let last = Number.NaN;
    for (let i = 0; i < known; i += 1) {
      const at = order[i] ?? 0;
      const v = cells[at] ?? 0;
      if (v !== last) {
        this.#values[count] = v;
        count += 1;
        last = v;
      }
      this.#slots[this.#rows[at] ?? 0] = count - 1;
    }
    return count;
  }
}
