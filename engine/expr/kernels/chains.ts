import { EvenSort, type Sorted } from './even-sort.js';

/** Rows of the longest block: so many of two have places of 16 bits. More would not stay in the cache either. */
export const LONGEST = 32_766;

/** The rows of a block: where they stand among all places. */
export interface Block {
  /** The place before the first in sorted order. */
  readonly head: number;
  /** For each row of the block its place; 0 where it is missing. */
  readonly places: Uint16Array;
  readonly sorted: Sorted;
  /** How many rows of it are known; the place after the last follows them. */
  known: number;
}

/**
 * The rows of two blocks, each in sorted order, as chains of those that a window holds. A row that is taken out keeps its own
 * ties, so that rows put back in the reverse order find their neighbours.
 * @see Knuth (2000), Dancing links, in: Millennial Perspectives in Computer Science
 */
export class Chains {
  /** The value at each place; −∞ at the head of a block, ∞ after its last. */
  readonly values: Float64Array;
  /** The next place in its chain, and the one before. */
  readonly next: Uint16Array;
  readonly previous: Uint16Array;
  /** The block that loses rows, and the one that gains them. */
  old: Block;
  young: Block;
  readonly #sort: EvenSort;

  /** @param length  rows of a block, no more than the longest has. */
  constructor(length: number) {
    if (length > LONGEST) throw new Error(`A block of ${length} rows is too long.`);
    const room = length + 2;
    const order = new Int32Array(length);
    this.values = new Float64Array(2 * room);
    this.next = new Uint16Array(2 * room);
    this.previous = new Uint16Array(2 * room);
    this.#sort = new EvenSort(length);
    this.old = this.#block(0, length, order);
    this.young = this.#block(room, length, order);
  }

  #block(head: number, length: number, order: Int32Array): Block {
    const values = this.values.subarray(head + 1, head + 1 + length);
    const places = new Uint16Array(length);
    const block = { head, places, sorted: { values, order }, known: 0 };
    this.#tie(block);
    return block;
  }

  /** The young block has become the old one; begin another with the rows from `from` until before `to`, which are all out. */
  turn(x: Readonly<Float64Array>, from: number, to: number): void {
    const { head, places, sorted } = this.old;
    const { order } = sorted;
    const known = this.#sort.sort(x, from, to, sorted);
    if (known < places.length) places.fill(0);
    for (let i = 0; i < known; i += 1) places[order[i] ?? 0] = head + 1 + i;
    [this.old, this.young] = [this.young, this.old];
    this.young.known = known;
    this.#empty(this.young);
  }

  /** As after the last turn: all rows of the old block are in its chain again, and none of the young one. */
  rewind(): void {
    this.#tie(this.old);
    this.#empty(this.young);
  }

  /** Take out all rows of a block, the last one first. */
  #empty(block: Block): void {
    this.#tie(block);
    const { next, previous } = this;
    const { places } = block;
    for (let row = places.length - 1; row >= 0; row -= 1) {
      const place = places[row] ?? 0;
      if (place > 0) takeOut(place, next, previous);
    }
  }

  /** Tie all places of a block in sorted order. */
  #tie({ head, known }: Block): void {
    const { values, next, previous } = this;
    const last = head + known;
    for (let place = head; place <= last; place += 1) {
      next[place] = place + 1;
      previous[place + 1] = place;
    }
    values[head] = Number.NEGATIVE_INFINITY;
    values[last + 1] = Number.POSITIVE_INFINITY;
  }
}

type Ties = Uint16Array;

export function takeOut(place: number, next: Ties, previous: Ties): void {
  const after = next[place] ?? 0;
  const before = previous[place] ?? 0;
  next[before] = after;
  previous[after] = before;
}

/** Put back the place that was taken out last. */
export function putBack(place: number, next: Ties, previous: Ties): void {
  next[previous[place] ?? 0] = place;
  previous[next[place] ?? 0] = place;
}
