/** Bits of the place of a bit in its word. */
const BITS = 5;
const LAST = 31;

/**
 * Which of some places are taken, and how many below any. Words of bits are the leaves of a tree whose nodes count what is taken
 * below them: each step up is the same for every place, so none has to be guessed.
 */
export class Taken {
  readonly #words: Int32Array;
  /** The root stands at 1, the nodes below a node at twice its place and after that, the leaves from `#leaves` on. */
  readonly #counts: Int32Array;
  readonly #leaves: number;

  constructor(places: number) {
    const words = (places >> BITS) + 1;
    this.#leaves = 1 << (32 - Math.clz32(words - 1));
    this.#words = new Int32Array(words);
    this.#counts = new Int32Array(2 * this.#leaves);
  }

  /** How many are taken. */
  get count(): number {
    return this.#counts[1] ?? 0;
  }

  /** Take a place that is free. */
  add(place: number): void {
    this.#turn(place, 1);
  }

  /** Free a place that is taken. */
  remove(place: number): void {
    this.#turn(place, -1);
  }

  /** How many places below are taken. */
  below(place: number): number {
    const counts = this.#counts;
    const word = place >> BITS;
    let count = ones((this.#words[word] ?? 0) & ((1 << (place & LAST)) - 1));
    for (let at = word + this.#leaves; at > 1; at >>= 1) count += (counts[at ^ 1] ?? 0) & -(at & 1);
    return count;
  }

  #turn(place: number, change: 1 | -1): void {
    const counts = this.#counts;
    const word = place >> BITS;
    this.#words[word] = (this.#words[word] ?? 0) ^ (1 << (place & LAST));
    for (let at = word + this.#leaves; at > 0; at >>= 1) counts[at] = (counts[at] ?? 0) + change;
  }
}

/** How many bits of a word are set: of two, of four, of eight together, then of all. */
function ones(word: number): number {
  const twos = word - ((word >>> 1) & 0x5555_5555);
  const fours = (twos & 0x3333_3333) + ((twos >>> 2) & 0x3333_3333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
