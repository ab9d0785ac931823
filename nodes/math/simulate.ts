import { allFinite, inRange, sameSize } from './guard.js';
import { cell, type Matrix } from './matrix.js';
import type { Vector } from './vector.js';

/** How a portfolio is traded and what that costs. */
export interface SimulationRule {
  /** `window`: trade before the first bar and hold. `bar`: besides, back to target after every bar. */
  readonly rebalance: 'window' | 'bar';
  /** Skip a trade back to target while half the sum of all drifts, cash included, is at most this. Always trade if not told. */
  readonly driftLimit?: number | undefined;
  /** Cost per unit of traded weight other than cash. */
  readonly costRate: number;
  /** Yearly rate paid on short weights. */
  readonly annualBorrowRate?: number | undefined;
  readonly barsPerYear: number;
  /** Weights carried in from before; all cash if not told. */
  readonly initialWeights?: Vector | undefined;
  /** Equity at or below which everything is sold for good; 0 unless told. */
  readonly liquidationEquity?: number | undefined;
}

/** What came of holding a portfolio. */
export interface Simulation {
  /** T returns after all costs. */
  readonly returns: Float64Array;
  /** T values of equity, which starts at 1. */
  readonly equity: Float64Array;
  /** T costs of trading and borrowing, as shares of equity. */
  readonly costs: Float64Array;
  /** Half the sum of all changes of weight, cash included, over the whole window. */
  readonly turnover: number;
  /** N weights at the end, to be carried into the next window, and the cash beside them. */
  readonly finalWeights: Float64Array;
  readonly finalCash: number;
  /** The bar of liquidation. */
  readonly liquidatedAt: number | undefined;
  /** Returns that were missing for a weight that was held; they count as 0. */
  readonly gaps: number;
}

/**
 * Hold signed weights over T bars. Cash is 1 − Σw and earns 0. A short cannot lose more than its own weight: its
 * return is capped at +1, and it is then closed. Costs are paid pro rata, so they do not move weights.
 * 1. Trade to target before the first bar. 2. Each bar earns Σ w·r less costs and borrowing. 3. Weights drift.
 * 4. In `bar` mode trade back; the last bar too. 5. At the liquidation equity everything ends.
 * @param returns  T × N simple returns
 * @param target   N signed shares of equity
 * @throws         math/sizes-differ; math/not-finite for weights; math/out-of-range for a negative cost
 */
export function simulate(returns: Matrix, target: Vector, rule: SimulationRule): Simulation {
  const n = returns.cols;
  sameSize('assets and their target weights', n, target.length);
  allFinite('target weights', target);
  inRange('costRate', rule.costRate, rule.costRate >= 0, '0 or more');
  inRange('barsPerYear', rule.barsPerYear, rule.barsPerYear > 0, 'above 0');
  const initial = Float64Array.from(rule.initialWeights ?? new Float64Array(n));
  sameSize('assets and their initial weights', n, initial.length);
  allFinite('initial weights', initial);
  const book = new Book(initial, Float64Array.from(target), rule);
  const out = { returns: new Float64Array(returns.rows), equity: new Float64Array(returns.rows) };
  const costs = new Float64Array(returns.rows);
  for (let t = 0; t < returns.rows; t++) {
    if (book.liquidatedAt !== undefined) {
      out.equity[t] = book.equity;
      continue;
    }
    const bar = book.hold(returns, t);
    out.returns[t] = bar.net;
    out.equity[t] = book.equity;
    costs[t] = bar.cost;
  }
  const finalCash = 1 - book.weights.reduce((sum, w) => sum + w, 0);
  const { turnover, gaps, liquidatedAt } = book;
  return { ...out, costs, turnover, finalWeights: book.weights, finalCash, liquidatedAt, gaps };
}

/** The weights in force, bar after bar. */
class Book {
  equity = 1;
  turnover = 0;
  gaps = 0;
  liquidatedAt: number | undefined;
  #due: number;

  constructor(
    readonly weights: Float64Array,
    readonly target: Float64Array,
    readonly rule: SimulationRule,
  ) {
    this.#due = this.#trade();
  }

  /** Live through one bar; gives its net return and what it cost. */
  hold(returns: Matrix, t: number): { readonly net: number; readonly cost: number } {
    let gross = 0;
    let short = 0;
    const moves = this.weights.map((w, i) => this.#move(w, cell(returns, t, i)));
    for (const [i, w] of this.weights.entries()) {
      gross += w * (moves[i] ?? NaN);
      if (w < 0) short -= w;
    }
    const borrow = ((this.rule.annualBorrowRate ?? 0) / this.rule.barsPerYear) * short;
    const paid = this.#due + borrow;
    if (gross - paid <= -1) return this.#settle(t, gross - paid, paid);
    this.#drift(moves, gross);
    const traded = this.rule.rebalance === 'bar' && this.#strays() ? this.#trade() : 0;
    const cost = paid + traded;
    this.#due = 0;
    return this.#settle(t, gross - cost, cost);
  }

  #move(weight: number, r: number): number {
    if (Number.isNaN(r)) {
      if (weight !== 0) this.gaps++;
      return 0;
    }
    return weight < 0 ? Math.min(r, 1) : r;
  }

  #drift(moves: Float64Array, gross: number): void {
    for (const [i, w] of this.weights.entries()) {
      const closed = w < 0 && (moves[i] ?? NaN) >= 1;
      this.weights[i] = closed ? 0 : (w * (1 + (moves[i] ?? NaN))) / (1 + gross);
    }
  }

  /** Half the sum of all distances from target, cash included, against the limit. */
  #strays(): boolean {
    const limit = this.rule.driftLimit;
    return limit === undefined || this.#distance().whole > limit;
  }

  #distance(): { readonly legs: number; readonly whole: number } {
    let legs = 0;
    let cash = 0;
    for (const [i, w] of this.weights.entries()) {
      const change = (this.target[i] ?? NaN) - w;
      legs += Math.abs(change);
      cash -= change;
    }
    return { legs, whole: (legs + Math.abs(cash)) / 2 };
  }

  /** Go to target; gives the cost. */
  #trade(): number {
    const { legs, whole } = this.#distance();
    this.turnover += whole;
    this.weights.set(this.target);
    return this.rule.costRate * legs;
  }

  #settle(t: number, net: number, cost: number) {
    const floor = this.rule.liquidationEquity ?? 0;
    const after = this.equity * (1 + net);
    if (after > floor) {
      this.equity = after;
      return { net, cost };
    }
    this.liquidatedAt = t;
    this.weights.fill(0);
    this.equity = floor === 0 ? 0 : after;
    return { net: floor === 0 ? -1 : net, cost };
  }
}
