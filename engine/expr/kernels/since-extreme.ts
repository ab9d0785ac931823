import { isMissing } from './missing.js';

/** Rows whose ranks fall strictly, oldest first, in a ring. */
class Deque {
  readonly #rows: Int32Array;
  readonly #ranks: Float64Array;
  #head = 0;
  #size = 0;

  constructor(readonly room: number) {
    this.#rows = new Int32Array(room);
    this.#ranks = new Float64Array(room);
  }

  get row(): number {
    return this.#rows[this.#head] ?? 0;
  }

  /** Forget the oldest row if it stands before `first`. */
  expire(first: number): void {
    if (this.#size === 0 || this.row >= first) return;
    this.#head = this.#head + 1 === this.room ? 0 : this.#head + 1;
    this.#size -= 1;
  }

  /** Add a row; those it equals or exceeds can never be the best again. One that finds no room can never be the best itself. */
  push(row: number, rank: number): void {
    let at = this.#head + this.#size;
    if (at >= this.room) at -= this.room;
    while (this.#size > 0) {
      const before = at === 0 ? this.room - 1 : at - 1;
      if ((this.#ranks[before] ?? 0) > rank) break;
      this.#size -= 1;
      at = before;
    }
    if (this.#size === this.room) return;
    this.#rows[at] = row;
    this.#ranks[at] = rank;
    this.#size += 1;
  }
}

/**
 * Rolling rows back to the largest known value, by a monotone deque; to the latest of equals. Where no row ever leaves, only the
 * best is kept.
 * @param sign  1 for the largest, −1 for the smallest.
 * @param out   NaN where fewer than `min` rows are known.
 */
export function rollingSinceExtreme(
  x: Readonly<Float64Array>,
  window: number,
  min: number,
  sign: 1 | -1,
  out: Float64Array,
): void {
  const deque = new Deque(roomFor(window, x.length));
  let known = 0;
  for (let i = 0; i < x.length; i += 1) {
    const value = x[i] ?? Number.NaN;
    if (i >= window) {
      if (!isMissing(x[i - window] ?? Number.NaN)) known -= 1;
      deque.expire(i - window + 1);
    }
    if (!isMissing(value)) {
      known += 1;
      deque.push(i, sign * value);
    }
    out[i] = known < min ? Number.NaN : i - deque.row;
  }
}

/** Rows that may wait to be the best: where none ever leaves, the best alone. */
function roomFor(window: number, rows: number): number {
  return window === Number.POSITIVE_INFINITY ? 1 : Math.min(window, rows) + 1;
}
