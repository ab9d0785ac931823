import { lossy } from './uncompensated.js';
import type { Vectors } from './vectors.js';

/**
 * Sums of vectors and of their products over a set of rows that moves, about a centre near their mean. A row of whose vector a
 * component is missing is none of the set. Whoever moves the rows rebuilds them at anchors and where they are no longer precise.
 */
export class CrossMoments {
  readonly #size: number;
  readonly #vector: Float64Array;
  readonly #centres: Float64Array;
  readonly #sums: Float64Array;
  /** Lower triangle, row by row. */
  readonly #products: Float64Array;
  readonly #peaks: Float64Array;
  /** How far the centres are from the origins that were set. */
  readonly #off: Float64Array;
  #rows = 0;

  constructor(readonly vectors: Vectors) {
    const size = vectors.bases.length;
    this.#size = size;
    this.#vector = new Float64Array(size);
    this.#centres = new Float64Array(size);
    this.#sums = new Float64Array(size);
    this.#products = new Float64Array(size * size);
    this.#peaks = new Float64Array(size);
    this.#off = new Float64Array(size);
  }

  get rows(): number {
    return this.#rows;
  }

  add(row: number): void {
    if (!this.vectors.read(row, this.#vector)) return;
    this.#shift(1);
    for (let i = 0; i < this.#size; i += 1)
      this.#peaks[i] = Math.max(this.#peaks[i] ?? 0, this.#squares(i));
  }

  remove(row: number): void {
    if (this.vectors.read(row, this.#vector)) this.#shift(-1);
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
    const rows = this.vectors.known(from, to);
    if (rows.length > 0) this.vectors.means(rows, this.#centres);
    this.#rows = rows.length;
    this.#sums.fill(0);
    this.#products.fill(0);
    this.vectors.addUp(rows, this.#centres, this.#sums, this.#products);
    for (let i = 0; i < this.#size; i += 1) this.#peaks[i] = this.#squares(i);
  }

  mean(i: number): number {
    return (this.#centres[i] ?? 0) + (this.#sums[i] ?? 0) / this.#rows;
  }

  /** Sum of the products of two components about their means. */
  about(i: number, j: number): number {
    return this.#product(i, j) - ((this.#sums[i] ?? 0) * (this.#sums[j] ?? 0)) / this.#rows;
  }

  /** What `aboutOrigins` is to take the components about. */
  setOrigins(origins: Readonly<Float64Array>): void {
    for (let i = 0; i < this.#size; i += 1)
      this.#off[i] = (this.#centres[i] ?? 0) - (origins[i] ?? 0);
  }

  /** Sum of the products of two components about the origins that were set since rows last moved. */
  aboutOrigins(i: number, j: number): number {
    const di = this.#off[i] ?? 0;
    const dj = this.#off[j] ?? 0;
    const mixed = (this.#sums[i] ?? 0) * dj + (this.#sums[j] ?? 0) * di;
    return this.#product(i, j) + mixed + this.#rows * di * dj;
  }

  #product(i: number, j: number): number {
    return this.#products[i >= j ? i * this.#size + j : j * this.#size + i] ?? 0;
  }

  #squares(i: number): number {
    return this.#products[i * this.#size + i] ?? 0;
  }

  #shift(sign: 1 | -1): void {
    const vector = this.#vector;
    const centres = this.#centres;
    const sums = this.#sums;
    const products = this.#products;
    const size = vector.length;
    this.#rows += sign;
    for (let i = 0; i < size; i += 1) {
      const di = (vector[i] ?? 0) - (centres[i] ?? 0);
      vector[i] = di;
      const signed = sign * di;
      sums[i] = (sums[i] ?? 0) + signed;
      const at = i * size;
      for (let j = 0; j <= i; j += 1)
        products[at + j] = (products[at + j] ?? 0) + signed * (vector[j] ?? 0);
    }
  }
}
