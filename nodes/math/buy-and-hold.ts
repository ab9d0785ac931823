import { inRange } from './guard.js';
import type { Market } from './stream.js';
import type { Vector } from './vector.js';

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
 * Buy equal amounts of every symbol at its first price, hold, and sell at the end.
 * What is not invested yet, or never can be, is cash. Funding comes out of the position that pays it. What has no price at
 * the end, or whose rows stop before, is held on at the last one it had.
 * @param markets   of equally many rows at the same times; at least one
 * @param costRate  fraction of traded notional, a side
 * @param end       row at whose close all is sold, set beforehand; it may lie beyond the rows there are
 * @throws          math/out-of-range
 */
export function buyAndHold(markets: readonly Market[], costRate: number, end: number): Held {
  inRange('markets', markets.length, markets.length > 0, 'one or more');
  const n = markets[0]?.times.length ?? 0;
  const out = {
    gross: new Float64Array(n),
    cost: new Float64Array(n),
    funding: new Float64Array(n),
    traded: new Float64Array(n),
    exposure: new Float64Array(n),
  };
  const values = new Float64Array(markets.length);
  const marks = new Float64Array(markets.length).fill(NaN);
  let equity = 1;
  for (let row = 0; row < n; row++) {
    const moved = { earned: 0, settled: 0, traded: 0 };
    for (const [i, market] of markets.entries()) {
      const share = 1 / markets.length;
      step(i, row, market, { values, marks, moved, share, last: row === end });
    }
    const paid = moved.traded * costRate;
    out.gross[row] = moved.earned / equity;
    out.funding[row] = moved.settled / equity;
    out.traded[row] = moved.traded / equity;
    out.cost[row] = paid / equity;
    equity += moved.earned - moved.settled - paid;
    out.exposure[row] = total(values) / equity;
  }
  return { ...out, open: Array.from(values.keys()).filter((i) => values[i] !== 0) };
}

interface State {
  readonly values: Float64Array;
  readonly marks: Float64Array;
  readonly moved: { earned: number; settled: number; traded: number };
  readonly share: number;
  readonly last: boolean;
}

/** One symbol through one row: mark, settle, and trade on its first price and at the end. */
function step(i: number, row: number, market: Market, state: State): void {
  const { values, marks, moved, share, last } = state;
  const price = market.prices[row] ?? NaN;
  const held = values[i] ?? 0;
  const settled = held * (market.rates?.[row] ?? 0);
  const earned = Number.isNaN(price) || held === 0 ? 0 : held * (price / (marks[i] ?? NaN) - 1);
  const bought = Number.isNaN(marks[i]) && !Number.isNaN(price) && !last ? share : 0;
  const kept = held + earned - settled + bought;
  const sold = last && !Number.isNaN(price) ? kept : 0;
  if (!Number.isNaN(price)) marks[i] = price;
  values[i] = kept - sold;
  moved.earned += earned;
  moved.settled += settled;
  moved.traded += bought + sold;
}

function total(values: Vector): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  return sum;
}
