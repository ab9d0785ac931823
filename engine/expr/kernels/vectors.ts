/** How many rows' distances are kept at a time: few enough to stay in the fastest cache. */
const BLOCK = 128;

/** Two components. */
type Pair = readonly [number, number];

/**
 * Series one after the other in one array, from which each row reads a vector. An addition waits for the one before it in the
 * same sum, so components are summed two at a time, and their products four: an odd one is taken with itself.
 */
export class Vectors {
  readonly #pairs: readonly Pair[];
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
    const last = bases.length - 1;
    this.#pairs = Array.from({ length: (last >> 1) + 1 }, (_, k) => [
      2 * k,
      Math.min(2 * k + 1, last),
    ]);
    this.#distances = new Float64Array(bases.length * BLOCK);
  }

  /** Take up the vector of a row; false where a component is missing. */
  read(row: number, vector: Float64Array): boolean {
    if (row < this.first) return false;
    const { data, bases } = this;
    let sum = 0;
    for (let i = 0; i < vector.length; i += 1) {
      const v = data[(bases[i] ?? 0) + row] ?? Number.NaN;
      vector[i] = v;
      sum += v;
    }
    return !Number.isNaN(sum);
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
    const { data } = this;
    const row = rows[0] ?? 0;
    for (const [i, j] of this.#pairs) {
      const [a, b] = [this.bases[i] ?? 0, this.bases[j] ?? 0];
      const [firstA, firstB] = [data[a + row] ?? 0, data[b + row] ?? 0];
      let sumA = 0;
      let sumB = 0;
      for (let k = 0; k < rows.length; k += 1) {
        const at = rows[k] ?? 0;
        sumA = sumA + (data[a + at] ?? 0) - firstA;
        sumB = sumB + (data[b + at] ?? 0) - firstB;
      }
      means[i] = firstA + sumA / rows.length;
      means[j] = firstB + sumB / rows.length;
    }
  }

  /**
   * Add up the distances of some rows from a centre, and their products (row by row, of which the lower triangle counts). Each sum
   * takes in the rows in their order.
   */
  addUp(
    rows: Readonly<Int32Array>,
    centres: Readonly<Float64Array>,
    sums: Float64Array,
    products: Float64Array,
  ): void {
    for (let from = 0; from < rows.length; from += BLOCK) {
      const block = rows.subarray(from, from + BLOCK);
      for (const pair of this.#pairs) {
        this.#measure(pair, block, centres, sums);
        for (const other of this.#pairs) {
          this.#multiply(pair, other, block.length, products);
          if (other === pair) break;
        }
      }
    }
  }

  /** Set the distances of a block of rows. */
  #measure(
    [i, j]: Pair,
    rows: Readonly<Int32Array>,
    centres: Readonly<Float64Array>,
    sums: Float64Array,
  ): void {
    const { data } = this;
    const distances = this.#distances;
    const [a, b] = [this.bases[i] ?? 0, this.bases[j] ?? 0];
    const [centreA, centreB] = [centres[i] ?? 0, centres[j] ?? 0];
    let sumA = sums[i] ?? 0;
    let sumB = sums[j] ?? 0;
    for (let k = 0; k < rows.length; k += 1) {
      const at = rows[k] ?? 0;
      const da = (data[a + at] ?? 0) - centreA;
      const db = (data[b + at] ?? 0) - centreB;
      distances[i * BLOCK + k] = da;
      distances[j * BLOCK + k] = db;
      sumA += da;
      sumB += db;
    }
    sums[i] = sumA;
    sums[j] = sumB;
  }

  #multiply([i, j]: Pair, [k, l]: Pair, count: number, products: Float64Array): void {
    const distances = this.#distances;
    const size = this.bases.length;
    let ik = products[i * size + k] ?? 0;
    let il = products[i * size + l] ?? 0;
    let jk = products[j * size + k] ?? 0;
    let jl = products[j * size + l] ?? 0;
    for (let at = 0; at < count; at += 1) {
      const di = distances[i * BLOCK + at] ?? 0;
      const dj = distances[j * BLOCK + at] ?? 0;
      const dk = distances[k * BLOCK + at] ?? 0;
      const dl = distances[l * BLOCK + at] ?? 0;
      ik += di * dk;
      il += di * dl;
      jk += dj * dk;
      jl += dj * dl;
    }
    products[i * size + k] = ik;
    products[i * size + l] = il;
    products[j * size + k] = jk;
    products[j * size + l] = jl;
  }
}
