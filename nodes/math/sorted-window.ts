/**
 * The values of a moving window, kept in order: adding and removing cost a search and a block move, and every order
 * statistic is then a look-up. Values are compared exactly, so what is removed must have been added.
 */
export class SortedWindow {
  readonly #values: Float64Array;
  #size = 0;

  constructor(capacity: number) {
    this.#values = new Float64Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  add(value: number): void {
    const at = this.#below(value);
    this.#values.copyWithin(at + 1, at, this.#size);
    this.#values[at] = value;
    this.#size++;
  }

  remove(value: number): void {
    const at = this.#below(value);
    this.#values.copyWithin(at, at + 1, this.#size);
    this.#size--;
  }

  /** Remove a value and add another; NaN is neither. What lies between the two is moved once. */
  slide(leaving: number, entering: number): void {
    if (Number.isNaN(leaving)) {
      if (!Number.isNaN(entering)) this.add(entering);
    } else if (Number.isNaN(entering)) this.remove(leaving);
    else this.#replace(leaving, entering);
  }

  #replace(leaving: number, entering: number): void {
    const [from, to] = [this.#below(leaving), this.#below(entering)];
    if (to > from) this.#values.copyWithin(from, from + 1, to);
    else this.#values.copyWithin(to + 1, to, from);
    this.#values[to > from ? to - 1 : to] = entering;
  }

  /** The middle value, or the middle of the two middle ones; NaN when empty. */
  median(): number {
    if (this.#size === 0) return NaN;
    return (this.#at((this.#size - 1) >> 1) + this.#at(this.#size >> 1)) / 2;
  }

  /** The median of the distances from `center`; NaN when empty. */
  medianDistance(center: number): number {
    if (this.#size === 0) return NaN;
    const split = this.#below(center);
    const low = this.#distance(center, split, (this.#size - 1) >> 1);
    return this.#size % 2 === 1 ? low : (low + this.#distance(center, split, this.#size >> 1)) / 2;
  }

  /** Distances left of the split grow leftwards, those right of it rightwards: take the k-th of the two sorted runs. */
  #distance(center: number, split: number, k: number): number {
    let low = Math.max(0, k + 1 - (this.#size - split));
    let high = Math.min(k + 1, split);
    while (low < high) {
      const left = (low + high) >> 1;
      const nextLeft = center - this.#at(split - 1 - left);
      const lastRight = this.#at(split + k - left) - center;
      if (nextLeft < lastRight) low = left + 1;
      else high = left;
    }
    const right = k + 1 - low;
    const fromLeft = low > 0 ? center - this.#at(split - low) : -Infinity;
    const fromRight = right > 0 ? this.#at(split + right - 1) - center : -Infinity;
    return Math.max(fromLeft, fromRight);
  }

  #at(index: number): number {
    return this.#values[index] ?? NaN;
  }

  /** How many values are less than this one. */
  #below(value: number): number {
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#at(middle) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
