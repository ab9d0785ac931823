/** Where no point is: beyond every place. */
const NOBODY = 0x7fff_ffff;

/**
 * Points in a square of places, one at most a column and a row of it. Coming, going and counting those below and to the left
 * take steps in the order of the square root of the side: whole chunks of columns are counted by chunks of rows, what is
 * between the nearest chunk and the place on either side point by point.
 */
export class Dominance {
  /** How many points there are. */
  count = 0;
  readonly #rowOf: Int32Array;
  readonly #columnOf: Int32Array;
  /** By chunk of rows, then chunk of columns: points of those columns in the chunks of rows before, no more than a chunk is wide. */
  #below = new Uint16Array(0);
  #shift = 0;
  #half = 0;
  #chunks = 0;

  /** @param most  the longest side. */
  constructor(most: number) {
    this.#rowOf = new Int32Array(most);
    this.#columnOf = new Int32Array(most);
  }

  /** No points, in a square of this side. */
  clear(side: number): void {
    this.count = 0;
    this.#shift = Math.round((32 - Math.clz32(side)) / 2);
    this.#half = (1 << this.#shift) >> 1;
    this.#chunks = (side >> this.#shift) + 1;
    const cells = this.#chunks * (this.#chunks + 1);
    if (this.#below.length < cells) this.#below = new Uint16Array(cells);
    else this.#below.fill(0);
    this.#rowOf.fill(NOBODY);
    this.#columnOf.fill(NOBODY);
  }

  /** Put points into an empty square; one whose column is below 0 is none. */
  fill(columns: Readonly<Int32Array>, rows: Readonly<Int32Array>): void {
    const below = this.#below;
    const chunks = this.#chunks;
    for (let i = 0; i < columns.length; i += 1) {
      const column = columns[i] ?? -1;
      const row = rows[i] ?? -1;
      if (column < 0) continue;
      this.count += 1;
      this.#rowOf[column] = row;
      this.#columnOf[row] = column;
      const cell = ((row >> this.#shift) + 1) * chunks + (column >> this.#shift);
      below[cell] = (below[cell] ?? 0) + 1;
    }
    for (let i = chunks; i < chunks * (chunks + 1); i += 1)
      below[i] = (below[i] ?? 0) + (below[i - chunks] ?? 0);
  }

  add(column: number, row: number): void {
    this.#rowOf[column] = row;
    this.#columnOf[row] = column;
    this.#tally(column, row, 1);
  }

  remove(column: number, row: number): void {
    this.#rowOf[column] = NOBODY;
    this.#columnOf[row] = NOBODY;
    this.#tally(column, row, -1);
  }

  /** How many points have a column and a row below these: up to the nearest chunks, and then point by point there or back. */
  below(column: number, row: number): number {
    const rowOf = this.#rowOf;
    const columnOf = this.#columnOf;
    const below = this.#below;
    const chunk = (column + this.#half) >> this.#shift;
    const line = (row + this.#half) >> this.#shift;
    const edge = chunk << this.#shift;
    const top = line << this.#shift;
    const first = line * this.#chunks;
    let count = 0;
    for (let i = first; i < first + chunk; i += 1) count += below[i] ?? 0;
    for (let i = edge; i < column; i += 1) count += less(rowOf[i] ?? NOBODY, top);
    for (let i = column; i < edge; i += 1) count -= less(rowOf[i] ?? NOBODY, top);
    for (let i = top; i < row; i += 1) count += less(columnOf[i] ?? NOBODY, column);
    for (let i = row; i < top; i += 1) count -= less(columnOf[i] ?? NOBODY, column);
    return count;
  }

  #tally(column: number, row: number, change: number): void {
    this.count += change;
    const below = this.#below;
    const chunks = this.#chunks;
    const last = chunks * (chunks + 1);
    const first = ((row >> this.#shift) + 1) * chunks + (column >> this.#shift);
    for (let i = first; i < last; i += chunks) below[i] = (below[i] ?? 0) + change;
  }
}

/** 1 if a place is below another, else 0, without a branch that nobody can guess. */
function less(place: number, than: number): number {
  return (place - than) >>> 31;
}
