/** Bits sorted by at a time; three times that holds half of a double. */
const DIGIT = 11;
const RADIX = 1 << DIGIT;
const SHIFTS = [0, DIGIT, 2 * DIGIT];
/** Longer runs of equal upper halves are not worth putting in order one by one. */
const RUN = 16;
/** Which of the two 32-bit words of a double holds its sign. */
const UPPER = new Uint32Array(Float64Array.of(-0).buffer)[1] === 0 ? 0 : 1;

/**
 * The order that sorts numbers, by radix on their bits: first on the upper halves alone, which decides nearly all, and what
 * they leave open by insertion; where that is much, on all bits, lowest first.
 */
export class SortOrder {
  readonly #bits: Uint32Array;
  readonly #lower: Uint32Array;
  readonly #upper: Uint32Array;
  #order: Int32Array;
  #spare: Int32Array;
  readonly #starts = new Int32Array(RADIX);

  /** @param cells  where the numbers to sort are put; no NaN, no −0. */
  constructor(readonly cells: Float64Array) {
    const most = cells.length;
    this.#bits = new Uint32Array(cells.buffer);
    this.#lower = new Uint32Array(most);
    this.#upper = new Uint32Array(most);
    this.#order = new Int32Array(most);
    this.#spare = new Int32Array(most);
  }

  /** The order of the first `n` cells; it is gone with the next call. */
  of(n: number): Readonly<Int32Array> {
    this.#read(n);
    this.#sortBy(this.#upper, n);
    if (this.#settle(n)) return this.#order;
    this.#sortBy(this.#lower, n);
    this.#sortBy(this.#upper, n);
    return this.#order;
  }

  /** Turn the bits into whole numbers that rise with the values: those of negative ones fall, and come after the others. */
  #read(n: number): void {
    for (let i = 0; i < n; i += 1) {
      this.#order[i] = i;
      const upper = this.#bits[2 * i + UPPER] ?? 0;
      const lower = this.#bits[2 * i + 1 - UPPER] ?? 0;
      const negative = upper >>> 31 === 1;
      this.#upper[i] = negative ? ~upper : upper ^ 0x8000_0000;
      this.#lower[i] = negative ? ~lower : lower;
    }
  }

  #sortBy(word: Readonly<Uint32Array>, n: number): void {
    for (const shift of SHIFTS) if (this.#count(word, shift, n)) this.#place(word, shift, n);
  }

  /** Where each digit starts in the order; false if all digits are the same and there is nothing to sort. */
  #count(word: Readonly<Uint32Array>, shift: number, n: number): boolean {
    const starts = this.#starts.fill(0);
    for (let i = 0; i < n; i += 1) {
      const digit = ((word[i] ?? 0) >>> shift) & (RADIX - 1);
      starts[digit] = (starts[digit] ?? 0) + 1;
    }
    let before = 0;
    for (let digit = 0; digit < RADIX; digit += 1) {
      const count = starts[digit] ?? 0;
      if (count === n) return false;
      starts[digit] = before;
      before += count;
    }
    return true;
  }

  #place(word: Readonly<Uint32Array>, shift: number, n: number): void {
    const order = this.#order;
    const sorted = this.#spare;
    const starts = this.#starts;
    for (let i = 0; i < n; i += 1) {
      const cell = order[i] ?? 0;
      const digit = ((word[cell] ?? 0) >>> shift) & (RADIX - 1);
      const at = starts[digit] ?? 0;
      sorted[at] = cell;
      starts[digit] = at + 1;
    }
    this.#order = sorted;
    this.#spare = order;
  }

  /** Put cells of equal upper halves in order; false where one would have to move far. */
  #settle(n: number): boolean {
    const { cells } = this;
    const order = this.#order;
    for (let i = 1; i < n; i += 1) {
      const cell = order[i] ?? 0;
      const v = cells[cell] ?? 0;
      let to = i;
      while (to > 0 && i - to <= RUN && (cells[order[to - 1] ?? 0] ?? 0) > v) {
        order[to] = order[to - 1] ?? 0;
        to -= 1;
      }
      order[to] = cell;
      if (i - to > RUN) return false;
    }
    return true;
  }
}
