/**
 * Counts in slots of which sums from the start, and the slot at a rank, take a step a bit.
 * @see Fenwick (1994), A new data structure for cumulative frequency tables, Software: Practice and Experience 24(3)
 */
export class Fenwick {
  readonly #tree: Int32Array;
  /** The largest power of two that is no more than the number of slots. */
  readonly #top: number;

  constructor(slots: number) {
    this.#tree = new Int32Array(slots + 1);
    this.#top = slots === 0 ? 0 : 1 << (31 - Math.clz32(slots));
  }

  add(slot: number, count: number): void {
    const tree = this.#tree;
    for (let at = slot + 1; at < tree.length; at += at & -at) tree[at] = (tree[at] ?? 0) + count;
  }

  /** How many stand in slots below. */
  below(slot: number): number {
    let count = 0;
    for (let at = slot; at > 0; at &= at - 1) count += this.#tree[at] ?? 0;
    return count;
  }

  /** The slot of the value with so many before it in sorted order. */
  select(rank: number): number {
    const tree = this.#tree;
    let at = 0;
    let left = rank;
    for (let step = this.#top; step > 0; step >>>= 1) {
      const next = at + step;
      if (next >= tree.length) continue;
      const count = tree[next] ?? 0;
      if (count > left) continue;
      at = next;
      left -= count;
    }
    return at;
  }
}
