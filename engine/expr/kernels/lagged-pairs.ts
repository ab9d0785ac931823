/** Sums over the pairs of known values that stand one lag apart. */
export class LaggedPairs {
  count = 0;
  products = 0;
  #early = 0;
  #late = 0;
  #earlySquares = 0;
  #lateSquares = 0;

  clear(): void {
    this.count = 0;
    this.products = 0;
    this.#early = 0;
    this.#late = 0;
    this.#earlySquares = 0;
    this.#lateSquares = 0;
  }

  /** Add (1) or remove (−1) a pair. */
  shift(early: number, late: number, sign: 1 | -1): void {
    this.count += sign;
    this.products += sign * early * late;
    this.#early += sign * early;
    this.#late += sign * late;
    this.#earlySquares += sign * early * early;
    this.#lateSquares += sign * late * late;
  }

  /** Sum of the products about a common mean. */
  productsAbout(mean: number): number {
    return this.products - mean * (this.#early + this.#late) + this.count * mean * mean;
  }

  /** Pearson's correlation, each side about its own mean; NaN where a side has a sum of squares of `least` or under. */
  correlation(least: number): number {
    const early = this.#earlySquares - (this.#early * this.#early) / this.count;
    const late = this.#lateSquares - (this.#late * this.#late) / this.count;
    if (!(early > least && late > least)) return Number.NaN;
    return (this.products - (this.#early * this.#late) / this.count) / Math.sqrt(early * late);
  }
}
