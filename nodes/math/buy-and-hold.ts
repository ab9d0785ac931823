import { inRange } from './guard.js';
import type { Market } from './stream.js';
import { sum } from './sum.js';
import { dot, type Vector } from './vector.js';

/** What holding did, row by row, as fractions of the equity at the start of the row. */
export interface Held {
  readonly gross: Float64Array;
  readonly cost: Float64Array;
  readonly funding: Float64Array;
  readonly traded: Float64Array;
  /** Value of all positions over equity, after the row. */
  readonly exposure: Float64Array;
  /** Numbers of the markets that are still held after the last row. */
  readonly open: readonly number[];
}

/**
 * Buy equal amounts of every symbol, hold, and sell at the end.
 *
 * A symbol enters at its first price, with an equal part of all there is by then: nobody sets money aside for what is not listed yet.
 * The part comes out of cash, and where that is not enough out of what is held, pro rata. A symbol that ceases to trade is sold at its
 * last price. Funding comes out of the position that pays it. What has no price at the end, or whose rows stop before, is held on at
 * the last one it had.
 * @param markets    of equally many rows at the same times; at least one
 * @param costRates  of each market, fraction of traded notional, a side
 * @param end        row at whose close all is sold, set beforehand; it may lie beyond the rows there are
 * @throws          math/out-of-range
 */
export function buyAndHold(markets: readonly Market[], costRates: Vector, end: number): Held {
  inRange('markets', markets.length, markets.length > 0, 'one or more');
  const n = markets[0]?.times.length ?? 0;
  const out = {
    gross: new Float64Array(n),
    cost: new Float64Array(n),
    funding: new Float64Array(n),
    traded: new Float64Array(n),
    exposure: new Float64Array(n),
  };
  const book = new Book(markets, end);
  let equity = 1;
  for (let row = 0; row < n; row++) {
    const { earned, settled } = book.mark(row);
    book.leave(row);
    book.enter(row, equity + earned - settled);
    const traded = sum(book.traded);
    const paid = dot(book.traded, costRates);
    out.gross[row] = earned / equity;
    out.funding[row] = settled / equity;
    out.traded[row] = traded / equity;
    out.cost[row] = paid / equity;
    equity += earned - settled - paid;
    out.exposure[row] = book.total() / equity;
  }
  return { ...out, open: book.open() };
}

/** What each position is worth, and the last price of each symbol. */
class Book {
  readonly #values: Float64Array;
  readonly #marks: Float64Array;
  /** What was bought and sold of each symbol at the row. */
  readonly traded: Float64Array;
  /** Symbols whose first price is that of the row. */
  #fresh: number[] = [];

  constructor(
    readonly markets: readonly Market[],
    readonly end: number,
  ) {
    this.#values = new Float64Array(markets.length);
    this.traded = new Float64Array(markets.length);
    this.#marks = new Float64Array(markets.length).fill(NaN);
  }

  /** Bring every position to the prices of a row, and take out of it what it pays. */
  mark(row: number): { readonly earned: number; readonly settled: number } {
    const sums = { earned: 0, settled: 0 };
    this.#fresh = [];
    this.traded.fill(0);
    for (const [i, { prices, rates }] of this.markets.entries()) {
      const price = prices[row] ?? NaN;
      const held = this.#values[i] ?? 0;
      const settled = held * (rates?.[row] ?? 0);
      sums.settled += settled;
      this.#values[i] = held - settled;
      if (Number.isNaN(price)) continue;
      const before = this.#marks[i] ?? NaN;
      if (Number.isNaN(before)) this.#fresh.push(i);
      const earned = held === 0 ? 0 : held * (price / before - 1);
      sums.earned += earned;
      this.#values[i] = held - settled + earned;
      this.#marks[i] = price;
    }
    return sums;
  }

  /** Sell what ends at a row. */
  leave(row: number): void {
    for (const [i, { prices }] of this.markets.entries()) {
      if (!this.#ends(i, row) || Number.isNaN(prices[row] ?? NaN)) continue;
      this.#turn(i, -(this.#values[i] ?? 0));
    }
  }

  /** Give every symbol that is new at a row an equal part of the equity. */
  enter(row: number, equity: number): void {
    const fresh = this.#fresh.filter((i) => !this.#ends(i, row));
    if (fresh.length === 0) return;
    const held = this.total();
    const part = equity / (fresh.length + this.open().length);
    const short = Math.max(0, part * fresh.length - Math.max(0, equity - held));
    if (short > 0)
      for (const i of this.open()) this.#turn(i, (-(this.#values[i] ?? 0) * short) / held);
    for (const i of fresh) this.#turn(i, part);
  }

  #turn(i: number, by: number): void {
    this.#values[i] = (this.#values[i] ?? 0) + by;
    this.traded[i] = (this.traded[i] ?? 0) + Math.abs(by);
  }

  total(): number {
    return this.#values.reduce((sum, value) => sum + value, 0);
  }

  open(): readonly number[] {
    return Array.from(this.#values.keys()).filter((i) => this.#values[i] !== 0);
  }

  #ends(i: number, row: number): boolean {
    return row === Math.min(this.end, this.markets[i]?.gone ?? Number.POSITIVE_INFINITY);
  }
}
