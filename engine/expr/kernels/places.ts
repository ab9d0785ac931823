import { Ranker } from './ranks.js';

/** Where rows stand in sorted order; rows of one value stand side by side in the order of rows. */
export interface Places {
  /** How many rows are known. */
  readonly known: number;
  /** For each row its own place; −1 where it is missing. */
  readonly own: Readonly<Int32Array>;
  /** The first place of its value. */
  readonly from: Readonly<Int32Array>;
  /** The first place of a larger value. */
  readonly to: Readonly<Int32Array>;
}

/** Gives each row of a stretch a place of its own, in room that is used again: what it gave is gone with the next call. */
export class Placer {
  readonly #ranker: Ranker;
  readonly #own: Int32Array;
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  readonly #starts: Int32Array;

  /** @param most  rows at a time. */
  constructor(most: number) {
    this.#ranker = new Ranker(most);
    this.#own = new Int32Array(most);
    this.#from = new Int32Array(most);
    this.#to = new Int32Array(most);
    this.#starts = new Int32Array(most + 1);
  }

  /** The places of the rows from `from` until before `to`, which are counted from `from`. −0 and 0 are one value. */
  place(x: Readonly<Float64Array>, from: number, to: number): Places {
    const { values, slots } = this.#ranker.rank(x, from, to);
    const known = this.#count(slots, values.length);
    const starts = this.#starts;
    for (let i = 0; i < slots.length; i += 1) {
      const slot = slots[i] ?? -1;
      this.#from[i] = slot < 0 ? -1 : (starts[slot] ?? 0);
      this.#to[i] = slot < 0 ? -1 : (starts[slot + 1] ?? 0);
    }
    for (let i = 0; i < slots.length; i += 1) {
      const slot = slots[i] ?? -1;
      const at = starts[slot] ?? 0;
      this.#own[i] = slot < 0 ? -1 : at;
      if (slot >= 0) starts[slot] = at + 1;
    }
    return { known, own: this.#own, from: this.#from, to: this.#to };
  }

  /** Set the first place of each value; gives how many rows are known. */
  #count(slots: Readonly<Int32Array>, values: number): number {
    const starts = this.#starts.fill(0, 0, values + 1);
    for (const slot of slots) if (slot >= 0) starts[slot + 1] = (starts[slot + 1] ?? 0) + 1;
    for (let i = 1; i <= values; i += 1) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
    return starts[values] ?? 0;
  }
}
