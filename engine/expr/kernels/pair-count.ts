import { Dominance } from './dominance.js';
import { Fenwick } from './fenwick.js';
import { Placer, type Places } from './places.js';

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
    this.#x.place(a, from, to);
    this.#y.place(b, from, to);
    this.#both.clear(this.#x.places.known);
    for (let row = 0; row < inside; row += 1) this.#count(row, 1);
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
    this.#x.counts.add(column, change);
    this.#y.counts.add(line, change);
    if (change === 1) this.#both.add(column, line);
    else this.#both.remove(column, line);
  }

  /** Compare a row that is not in the window with those that are. */
  #compare(row: number, change: 1 | -1): void {
    const [x, y] = [this.#x.places, this.#y.places];
    const [left, right] = [x.from[row] ?? -1, x.to[row] ?? -1];
    const [under, over] = [y.from[row] ?? -1, y.to[row] ?? -1];
    if (left < 0) return;
    const all = this.known;
    // Of a value that only this row has, nobody is in between: one count is both.
    const [aloneX, aloneY] = [right - left === 1, over - under === 1];
    const lessX = this.#x.counts.below(left);
    const upToX = aloneX ? lessX : this.#x.counts.below(right);
    const lessY = this.#y.counts.below(under);
    const upToY = aloneY ? lessY : this.#y.counts.below(over);
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
  counts = new Fenwick(0);

  constructor(most: number) {
    this.#placer = new Placer(most);
    this.places = this.#placer.place(new Float64Array(0), 0, 0);
  }

  place(x: Readonly<Float64Array>, from: number, to: number): void {
    this.places = this.#placer.place(x, from, to);
    this.counts = new Fenwick(this.places.known);
  }
}
