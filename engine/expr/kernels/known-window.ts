/** How many rows of a rolling window are known, and whether they all have one value. */
export class KnownWindow {
  #known = 0;
  #equal = 0;
  #last = Number.NaN;

  /** @param window  rows; Infinity for all so far. */
  constructor(readonly window: number) {}

  get known(): number {
    return this.#known;
  }

  get flat(): boolean {
    return this.#equal >= this.#known;
  }

  /** Move on to row `i`, the one after the row before. */
  move(x: Readonly<Float64Array>, i: number): void {
    const leaves = i - this.window;
    if (leaves >= 0 && !Number.isNaN(x[leaves] ?? Number.NaN)) this.#known -= 1;
    const value = x[i] ?? Number.NaN;
    if (Number.isNaN(value)) return;
    this.#known += 1;
    this.#equal = value === this.#last ? this.#equal + 1 : 1;
    this.#last = value;
  }
}
