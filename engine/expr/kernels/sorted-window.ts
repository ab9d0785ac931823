import { Fenwick } from './fenwick.js';
import type { Ranks } from './ranks.js';
import { Tally } from './tally.js';

/** A series with the window that moves over it. */
export interface Windowed {
  readonly x: Readonly<Float64Array>;
  /** Rows of the window; Infinity for all so far. */
  readonly rows: number;
  /** Where sums are rebuilt. */
  readonly anchors: Readonly<Uint8Array>;
}

/** The known rows of a window as they stand in sorted order. */
export class SortedWindow {
  /** The distinct values of all rows around, ascending; a row's slot is the place of its value. */
  readonly values: Readonly<Float64Array>;
  /** Which slots the rows of the window take. */
  readonly tally: Tally;
  known = 0;
  /** Slot of the current row; −1 where it is missing. */
  current = -1;
  #ranks: Fenwick | undefined;

  constructor(
    ranks: Ranks,
    readonly over: Windowed,
  ) {
    this.values = ranks.values;
    this.tally = new Tally(ranks.values.length);
  }

  /** The counts again for statistics that ask for ranks anywhere; kept from the first time one does. */
  ranks(): Fenwick {
    if (this.#ranks === undefined) {
      this.#ranks = new Fenwick(this.values.length);
      for (const [slot, count] of this.tally.counts.entries())
        if (count > 0) this.#ranks.add(slot, count);
    }
    return this.#ranks;
  }

  take(slot: number): void {
    this.known += 1;
    this.tally.add(slot);
    this.#ranks?.add(slot, 1);
  }

  leave(slot: number): void {
    this.known -= 1;
    this.tally.remove(slot);
    this.#ranks?.add(slot, -1);
  }
}

/** One statistic of a sorted window. */
export interface SortedStatistic {
  /** A row has taken or left a slot. */
  readonly entered: (slot: number) => void;
  readonly left: (slot: number) => void;
  /** The value at a row, when at least one row of its window is known. */
  readonly at: (row: number) => number;
}
