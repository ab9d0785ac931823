/** A stretch of free bytes. */
interface Gap {
  readonly offset: number;
  readonly length: number;
}

/** The free bytes of one slab: first fit from the start, neighbours grow together when given back. */
export class FreeList {
  /** Sorted by offset; no two touch. */
  #gaps: readonly Gap[];

  constructor(readonly size: number) {
    this.#gaps = [{ offset: 0, length: size }];
  }

  /** Free bytes in all, not necessarily in one piece. */
  get free(): number {
    return this.#gaps.reduce((sum, gap) => sum + gap.length, 0);
  }

  /** The offset of `length` bytes taken from the first gap that holds them, or undefined. */
  take(length: number): number | undefined {
    const at = this.#gaps.findIndex((gap) => gap.length >= length);
    const gap = this.#gaps[at];
    if (!gap) return undefined;
    const rest = { offset: gap.offset + length, length: gap.length - length };
    this.#gaps = this.#gaps.toSpliced(at, 1, ...(rest.length > 0 ? [rest] : []));
    return gap.offset;
  }

  /** Give back what `take` gave. Throws when some of it is free already: that is a bug of the owner. */
  give(offset: number, length: number): void {
    const found = this.#gaps.findIndex((gap) => gap.offset > offset);
    const at = found < 0 ? this.#gaps.length : found;
    const before = this.#gaps[at - 1];
    const after = this.#gaps[at];
    if ((before && endOf(before) > offset) || (after && after.offset < offset + length)) {
      throw new Error(`Bytes ${offset}–${offset + length} are given back twice.`);
    }
    const joinsBefore = before !== undefined && endOf(before) === offset;
    const joinsAfter = after !== undefined && after.offset === offset + length;
    const start = joinsBefore ? before.offset : offset;
    const end = joinsAfter ? endOf(after) : offset + length;
    const first = joinsBefore ? at - 1 : at;
    const dropped = Number(joinsBefore) + Number(joinsAfter);
    this.#gaps = this.#gaps.toSpliced(first, dropped, { offset: start, length: end - start });
  }
}

function endOf({ offset, length }: Gap): number {
  return offset + length;
}
