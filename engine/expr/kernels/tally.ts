/** Bits of the place of a bit in its word. */
const BITS = 5;
const LAST = 31;

/**
 * How often each of a range of slots is taken, with a walk from one taken slot to the next. Above the counts stands a tree of
 * words: a bit of the lowest says whether a slot is taken, a bit of a higher one whether any of 32 below it is.
 */
export class Tally {
  readonly counts: Int32Array;
  readonly #lowest: Int32Array;
  readonly #higher: Int32Array[] = [];

  constructor(readonly slots: number) {
    this.counts = new Int32Array(slots);
    this.#lowest = new Int32Array((slots + LAST) >>> BITS);
    for (let words = this.#lowest.length; words > 1; ) {
      words = (words + LAST) >>> BITS;
      this.#higher.push(new Int32Array(words));
    }
  }

  add(slot: number): void {
    const count = this.counts[slot] ?? 0;
    this.counts[slot] = count + 1;
    if (count > 0) return;
    const at = slot >>> BITS;
    const word = this.#lowest[at] ?? 0;
    this.#lowest[at] = word | (1 << (slot & LAST));
    if (word === 0) this.#mark(at);
  }

  remove(slot: number): void {
    const count = (this.counts[slot] ?? 0) - 1;
    this.counts[slot] = count;
    if (count > 0) return;
    const at = slot >>> BITS;
    const word = (this.#lowest[at] ?? 0) & ~(1 << (slot & LAST));
    this.#lowest[at] = word;
    if (word === 0) this.#unmark(at);
  }

  /** The next taken slot above, or the number of slots if there is none. */
  next(slot: number): number {
    const rest = (this.#lowest[slot >>> BITS] ?? 0) & (-2 << (slot & LAST));
    return rest === 0 ? this.#nextWord(slot >>> BITS) : (slot & ~LAST) + lowestBit(rest);
  }

  /** The next taken slot below, or −1 if there is none. */
  previous(slot: number): number {
    const rest = (this.#lowest[slot >>> BITS] ?? 0) & ~(-1 << (slot & LAST));
    return rest === 0 ? this.#previousWord(slot >>> BITS) : (slot & ~LAST) + highestBit(rest);
  }

  /** A word of the lowest level has its first bit. */
  #mark(word: number): void {
    let at = word;
    for (let up = 0; up < this.#higher.length; up += 1) {
      const level = this.#level(up);
      const before = level[at >>> BITS] ?? 0;
      level[at >>> BITS] = before | (1 << (at & LAST));
      if (before !== 0) return;
      at >>>= BITS;
    }
  }

  /** A word of the lowest level has lost its last bit. */
  #unmark(word: number): void {
    let at = word;
    for (let up = 0; up < this.#higher.length; up += 1) {
      const level = this.#level(up);
      const after = (level[at >>> BITS] ?? 0) & ~(1 << (at & LAST));
      level[at >>> BITS] = after;
      if (after !== 0) return;
      at >>>= BITS;
    }
  }

  #nextWord(word: number): number {
    let at = word;
    for (let up = 0; up < this.#higher.length; up += 1) {
      const rest = (this.#level(up)[at >>> BITS] ?? 0) & (-2 << (at & LAST));
      at >>>= BITS;
      if (rest === 0) continue;
      at = (at << BITS) + lowestBit(rest);
      for (let down = up - 1; down >= 0; down -= 1)
        at = (at << BITS) + lowestBit(this.#level(down)[at] ?? 0);
      return (at << BITS) + lowestBit(this.#lowest[at] ?? 0);
    }
    return this.slots;
  }

  #previousWord(word: number): number {
    let at = word;
    for (let up = 0; up < this.#higher.length; up += 1) {
      const rest = (this.#level(up)[at >>> BITS] ?? 0) & ~(-1 << (at & LAST));
      at >>>= BITS;
      if (rest === 0) continue;
      at = (at << BITS) + highestBit(rest);
      for (let down = up - 1; down >= 0; down -= 1)
        at = (at << BITS) + highestBit(this.#level(down)[at] ?? 0);
      return (at << BITS) + highestBit(this.#lowest[at] ?? 0);
    }
    return -1;
  }

  #level(up: number): Int32Array {
    return this.#higher[up] ?? this.#lowest;
  }
}

function lowestBit(word: number): number {
  return LAST - Math.clz32(word & -word);
}

function highestBit(word: number): number {
  return LAST - Math.clz32(word);
}
