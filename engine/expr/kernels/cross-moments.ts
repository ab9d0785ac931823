import { lossy } from './uncompensated.js';

/** What a row contributes: fills the vector, and says whether all of it is known. */
export type Observe = (row: number, vector: Float64Array) => boolean;

/** Whether no component of a vector is missing. */
export function allKnown(vector: Readonly<Float64Array>): boolean {
  let sum = 0;
  for (let i = 0; i < vector.length; i += 1) sum += vector[i] ?? Number.NaN;
  return !Number.isNaN(sum);
}

/**
 * Sums of vectors and of their products over a set of rows that moves, about a centre near their mean. Whoever moves the
 * rows rebuilds them at anchors and where they are no longer precise.
 */
export class CrossMoments {
  readonly #size: number;
  readonly #vector: Float64Array;
  readonly #centres: Float64Array;
  readonly #sums: Float64Array;
  /** Lower triangle, row by row. */
  readonly #products: Float64Array;
  readonly #peaks: Float64Array;
  #rows = 0;

  constructor(
    size: number,
    readonly observe: Observe,
  ) {
    this.#size = size;
    this.#vector = new Float64Array(size);
    this.#centres = new Float64Array(size);
    this.#sums = new Float64Array(size);
    this.#products = new Float64Array(size * size);
    this.#peaks = new Float64Array(size);
  }

  get rows(): number {
    return this.#rows;
  }

  add(row: number): void {
    if (!this.observe(row, this.#vector)) return;
    this.#shift(1);
    for (let i = 0; i < this.#size; i += 1)
      this.#peaks[i] = Math.max(this.#peaks[i] ?? 0, this.#squares(i));
  }

  remove(row: number): void {
    if (this.observe(row, this.#vector)) this.#shift(-1);
  }

  /** Whether the sums still carry enough digits. */
  precise(): boolean {
    for (let i = 0; i < this.#size; i += 1)
      if (lossy(this.#sums[i] ?? 0, this.#squares(i), this.#rows, this.#peaks[i] ?? 0))
        return false;
    return true;
  }

  /** Start again from the rows of a stretch, about their own means. */
  rebuild(from: number, to: number): void {
    this.#centre(from, to);
    this.#clear();
    for (let row = from; row <= to; row += 1) if (this.observe(row, this.#vector)) this.#shift(1);
    for (let i = 0; i < this.#size; i += 1) this.#peaks[i] = this.#squares(i);
  }

  /** By way of the first vector, so that a component that never changes is exactly at its centre. */
  #centre(from: number, to: number): void {
    const [vector, centres, sums] = [this.#vector, this.#centres, this.#sums];
    this.#clear();
    for (let row = from; row <= to; row += 1) {
      if (!this.observe(row, vector)) continue;
      if (this.#rows === 0) centres.set(vector);
      this.#rows += 1;
      for (let i = 0; i < this.#size; i += 1)
        sums[i] = (sums[i] ?? 0) + (vector[i] ?? 0) - (centres[i] ?? 0);
    }
    for (let i = 0; i < this.#size; i += 1)
      centres[i] = (centres[i] ?? 0) + (sums[i] ?? 0) / Math.max(1, this.#rows);
  }

  mean(i: number): number {
    return (this.#centres[i] ?? 0) + (this.#sums[i] ?? 0) / this.#rows;
  }

  /** Sum of the products of two components about their means. */
  about(i: number, j: number): number {
    return this.#product(i, j) - ((this.#sums[i] ?? 0) * (this.#sums[j] ?? 0)) / this.#rows;
  }

  /** Sum of the products of two components about given origins. */
  aboutOrigins(i: number, j: number, originI: number, originJ: number): number {
    const di = (this.#centres[i] ?? 0) - originI;
    const dj = (this.#centres[j] ?? 0) - originJ;
    const mixed = (this.#sums[i] ?? 0) * dj + (this.#sums[j] ?? 0) * di;
    return this.#product(i, j) + mixed + this.#rows * di * dj;
  }

  #product(i: number, j: number): number {
    return this.#products[i >= j ? i * this.#size + j : j * this.#size + i] ?? 0;
  }

  #squares(i: number): number {
    return this.#products[i * this.#size + i] ?? 0;
  }

  #clear(): void {
    this.#rows = 0;
    this.#sums.fill(0);
    this.#products.fill(0);
  }

  #shift(sign: 1 | -1): void {
    const [size, vector, sums, products] = [this.#size, this.#vector, this.#sums, this.#products];
    this.#rows += sign;
    for (let i = 0; i < size; i += 1) {
      const di = (vector[i] ?? 0) - (this.#centres[i] ?? 0);
      vector[i] = di;
      sums[i] = (sums[i] ?? 0) + sign * di;
      const at = i * size;
      for (let j = 0; j <= i; j += 1)
        products[at + j] = (products[at + j] ?? 0) + sign * di * (vector[j] ?? 0);
    }
  }
}
