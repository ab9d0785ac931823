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
  /** The vector of a row that leaves while another enters. */
  readonly #leaving: Float64Array;
  /** How far the centres are from some origins. */
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
    this.#leaving = new Float64Array(size);
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

  /** Add a row and then remove another: as if in turn, yet on one way through the sums. */
  move(enters: number, leaves: number): void {
    const comes = this.vectors.read(enters, this.#vector);
    const goes = leaves >= 0 && this.vectors.read(leaves, this.#leaving);
    if (comes && goes) this.#exchange();
    else if (comes) this.add(enters);
    else if (goes) this.remove(leaves);
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

  /**
   * Sums of the products (lower triangle, row by row) that the first half of the components, each less so many times its own of
   * the second half, make about some origins.
   */
  differences(times: number, origins: Readonly<Float64Array>, into: Float64Array): void {
    const rows = this.#rows;
    const size = this.#size;
    const sums = this.#sums;
    const products = this.#products;
    const off = this.#off;
    const half = size >> 1;
    this.#setOff(origins);
    for (let i = 0; i < half; i += 1) {
      const k = half + i;
      const [si, sk, di, dk] = [sums[i] ?? 0, sums[k] ?? 0, off[i] ?? 0, off[k] ?? 0];
      for (let j = 0; j <= i; j += 1) {
        const l = half + j;
        const [sj, sl, dj, dl] = [sums[j] ?? 0, sums[l] ?? 0, off[j] ?? 0, off[l] ?? 0];
        const ij = (products[i * size + j] ?? 0) + (si * dj + sj * di) + rows * di * dj;
        const il = (products[l * size + i] ?? 0) + (si * dl + sl * di) + rows * di * dl;
        const kj = (products[k * size + j] ?? 0) + (sk * dj + sj * dk) + rows * dk * dj;
        const kl = (products[k * size + l] ?? 0) + (sk * dl + sl * dk) + rows * dk * dl;
        into[i * half + j] = ij - times * (il + kj) + times * times * kl;
      }
    }
  }

  #setOff(origins: Readonly<Float64Array>): void {
    for (let i = 0; i < this.#size; i += 1)
      this.#off[i] = (this.#centres[i] ?? 0) - (origins[i] ?? 0);
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

  #exchange(): void {
    const enters = this.#vector;
    const leaves = this.#leaving;
    const centres = this.#centres;
    const sums = this.#sums;
    const products = this.#products;
    const peaks = this.#peaks;
    const size = enters.length;
    for (let i = 0; i < size; i += 1) {
      const centre = centres[i] ?? 0;
      const a = (enters[i] ?? 0) - centre;
      const b = (leaves[i] ?? 0) - centre;
      enters[i] = a;
      leaves[i] = b;
      sums[i] = (sums[i] ?? 0) + a - b;
      const at = i * size;
      for (let j = 0; j < i; j += 1)
        products[at + j] = (products[at + j] ?? 0) + a * (enters[j] ?? 0) - b * (leaves[j] ?? 0);
      const squares = (products[at + i] ?? 0) + a * a;
      peaks[i] = Math.max(peaks[i] ?? 0, squares);
      products[at + i] = squares - b * b;
    }
  }
}
