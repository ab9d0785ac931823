/** How many rows' distances are kept at a time: few enough to stay in the fastest cache. */
const BLOCK = 128;

/** Series one after the other in one array, from which each row reads a vector. */
export class Vectors {
  readonly #distances: Float64Array;
  #known = new Int32Array(0);

  /**
   * @param bases  for each component where it stands for row 0: that of a row stands as many places later.
   * @param first  the first row that has a vector.
   */
  constructor(
    readonly data: Readonly<Float64Array>,
    readonly bases: Readonly<Int32Array>,
    readonly first: number,
  ) {
    this.#distances = new Float64Array(bases.length * BLOCK);
  }

  /** Take up the vector of a row; false where a component is missing. */
  read(row: number, vector: Float64Array): boolean {
    const { data, bases } = this;
    let sum = 0;
    for (let i = 0; i < vector.length; i += 1) {
      const v = data[(bases[i] ?? 0) + row] ?? Number.NaN;
      vector[i] = v;
      sum += v;
    }
    return row >= this.first && !Number.isNaN(sum);
  }

  /** The rows of a stretch that have a vector of which nothing is missing; gone with the next call. */
  known(from: number, to: number): Readonly<Int32Array> {
    const { data, bases } = this;
    if (this.#known.length <= to - from) this.#known = new Int32Array(2 * (to - from + 1));
    const known = this.#known;
    let count = 0;
    for (let row = Math.max(from, this.first); row <= to; row += 1) {
      let sum = 0;
      for (let i = 0; i < bases.length; i += 1) sum += data[(bases[i] ?? 0) + row] ?? Number.NaN;
      known[count] = row;
      if (!Number.isNaN(sum)) count += 1;
    }
    return known.subarray(0, count);
  }

  /** Set the means of some rows, by way of the first, so that a component that never changes has exactly that mean. */
  means(rows: Readonly<Int32Array>, means: Float64Array): void {
    const { data, bases } = this;
    for (let i = 0; i < bases.length; i += 1) {
      const base = bases[i] ?? 0;
      const first = data[base + (rows[0] ?? 0)] ?? 0;
      let sum = 0;
      for (let k = 0; k < rows.length; k += 1)
        sum = sum + (data[base + (rows[k] ?? 0)] ?? 0) - first;
      means[i] = first + sum / rows.length;
    }
  }

  /**
   * Add up the distances of some rows from a centre, and their products (lower triangle, row by row). Each sum takes in the rows
   * in their order, and one sum after the other, so that it stays where it is fast.
   */
  addUp(
    rows: Readonly<Int32Array>,
    centres: Readonly<Float64Array>,
    sums: Float64Array,
    products: Float64Array,
  ): void {
    const size = this.bases.length;
    for (let from = 0; from < rows.length; from += BLOCK) {
      const count = this.#measure(rows.subarray(from, from + BLOCK), centres, sums);
      for (let i = 0; i < size; i += 1)
        for (let j = 0; j <= i; j += 1) this.#multiply(i, j, count, products);
    }
  }

  /** Set the distances of a block of rows; gives how many there are. */
  #measure(
    rows: Readonly<Int32Array>,
    centres: Readonly<Float64Array>,
    sums: Float64Array,
  ): number {
    const { data, bases } = this;
    const distances = this.#distances;
    for (let i = 0; i < bases.length; i += 1) {
      const base = bases[i] ?? 0;
      const centre = centres[i] ?? 0;
      let sum = sums[i] ?? 0;
      for (let k = 0; k < rows.length; k += 1) {
        const d = (data[base + (rows[k] ?? 0)] ?? 0) - centre;
        distances[i * BLOCK + k] = d;
        sum += d;
      }
      sums[i] = sum;
    }
    return rows.length;
  }

  #multiply(i: number, j: number, count: number, products: Float64Array): void {
    const distances = this.#distances;
    const cell = i * this.bases.length + j;
    let product = products[cell] ?? 0;
    for (let k = 0; k < count; k += 1)
      product += (distances[i * BLOCK + k] ?? 0) * (distances[j * BLOCK + k] ?? 0);
    products[cell] = product;
  }
}
