import { Dominance } from './dominance.js';
import { Placer, type Places } from './places.js';
import { Taken } from './taken.js';

/**
 * The pairs of the rows of a window: how many agree less how many disagree, and how many are apart in x and in y. What a row
 * adds to them when it comes, and takes away when it goes, is told by how many of the others are below it on either side and
 * on both.
 */
export class PairCount {
  #agree = 0;
  #apartX = 0;
  #apartY = 0;
  readonly #x: Side;
  readonly #y: Side;
  readonly #both: Dominance;

  /** @param most  rows that are placed at a time. */
  constructor(most: number) {
    this.#x = new Side(most);
    this.#y = new Side(most);
    this.#both = new Dominance(most);
  }

  /** Rows of the window that are known. */
  get known(): number {
    return this.#both.count;
  }

  /** τ-b; NaN where either side has but one value. */
  get tau(): number {
    const most = Math.sqrt(this.#apartX) * Math.sqrt(this.#apartY);
    return most === 0 ? Number.NaN : Math.max(-1, Math.min(this.#agree / most, 1));
  }

  /** Turn to the rows from `from` until before `to`; the first `inside` of them are in the window, and their pairs are counted. */
  place(
    a: Readonly<Float64Array>,
    b: Readonly<Float64Array>,
    [from, to]: readonly [number, number],
    inside: number,
  ): void {
    const columns = this.#x.place(a, from, to, inside);
    const lines = this.#y.place(b, from, to, inside);
    this.#both.clear(this.#x.places.known);
    this.#both.fill(columns, lines);
  }

  /** A row, counted from the first that is placed, comes into the window. */
  enter(row: number): void {
    this.#compare(row, 1);
    this.#count(row, 1);
  }

  leave(row: number): void {
    this.#count(row, -1);
    this.#compare(row, -1);
  }

  #count(row: number, change: 1 | -1): void {
    const column = this.#x.places.own[row] ?? -1;
    const line = this.#y.places.own[row] ?? -1;
    if (column < 0) return;
    if (change === 1) {
      this.#x.taken.add(column);
      this.#y.taken.add(line);
      this.#both.add(column, line);
    } else {
      this.#x.taken.remove(column);
      this.#y.taken.remove(line);
      this.#both.remove(column, line);
    }
  }

  /** Compare a row that is not in the window with those that are. */
  #compare(row: number, change: 1 | -1): void {
    const [x, y] = [this.#x.places, this.#y.places];
    const [left, under] = [x.from[row] ?? -1, y.from[row] ?? -1];
    if (left < 0) return;
    const [right, over] = [x.ends[left] ?? -1, y.ends[under] ?? -1];
    const all = this.known;
    // Of a value that only this row has, nobody is in between: one count is both.
    const [aloneX, aloneY] = [right - left === 1, over - under === 1];
    const lessX = this.#x.taken.below(left);
    const upToX = aloneX ? lessX : this.#x.taken.below(right);
    const lessY = this.#y.taken.below(under);
    const upToY = aloneY ? lessY : this.#y.taken.below(over);
    const both = this.#both.below(left, under);
    const wider = aloneX ? both : this.#both.below(right, under);
    const higher = aloneY ? both : this.#both.below(left, over);
    const most = aloneX ? higher : aloneY ? wider : this.#both.below(right, over);
    const aboveBoth = all - upToX - upToY + most;
    this.#agree += change * (both + aboveBoth - (lessX - higher) - (lessY - wider));
    this.#apartX += change * (all - upToX + lessX);
    this.#apartY += change * (all - upToY + lessY);
  }
}

/** One of the two series: where its rows stand, and which places are in the window. */
class Side {
  readonly #placer: Placer;
  places: Places;
  taken = new Taken(0);

  constructor(most: number) {
    this.#placer = new Placer(most);
    this.places = this.#placer.place(new Float64Array(0), 0, 0);
  }

  /** Gives the places of the rows that are in the window. */
  place(x: Readonly<Float64Array>, from: number, to: number, inside: number): Readonly<Int32Array> {
    this.places = this.#placer.place(x, from, to);
    this.taken = new Taken(this.places.known);
    const own = this.places.own.subarray(0, inside);
    for (const place of own) if (place >= 0) this.taken.add(place);
    return own;
  }
}
