import { inRange, sameSize } from './guard.js';
import type { Trade } from './trades.js';
import type { Vector } from './vector.js';

/** What an exposure earned and paid, row by row, as fractions of the equity at the start of the row. */
export interface Account {
  /** Exposure held into the row × return of the row. */
  readonly gross: Float64Array;
  /** |change of exposure| × cost a side. */
  readonly cost: Float64Array;
  /** Exposure held into the row × funding rate settled in it; positive is paid. */
  readonly funding: Float64Array;
  /** |change of exposure|. */
  readonly traded: Float64Array;
}

/** Add `weight` of each trade to an exposure: held from the close of the entry row to the close of the exit row. */
export function addTrades(exposure: Float64Array, trades: readonly Trade[], weight: number): void {
  for (const { entry, exit, side } of trades) {
    for (let row = entry; row < exit; row++) exposure[row] = (exposure[row] ?? 0) + side * weight;
  }
}

/**
 * Book an exposure on one symbol: it is decided and traded at the close of its row and earns from there on.
 *
 * A row without a price earns nothing; the whole move is booked at the next price, so a gap is never skipped.
 * @param exposure   signed, fraction of equity, held after the close of each row
 * @param prices     close of each row; NaN in a gap
 * @param costRate   fraction of traded notional, a side
 * @param rates      funding rate settled at the open of each row, 0 where none is; longs pay a positive one
 * @throws           math/sizes-differ, math/out-of-range
 */
export function account(
  exposure: Vector,
  prices: Vector,
  costRate: number,
  rates?: Vector | undefined,
): Account {
  const n = exposure.length;
  sameSize('exposure and prices', n, prices.length);
  if (rates) sameSize('exposure and funding rates', n, rates.length);
  inRange('cost', costRate, costRate >= 0, '0 or more');
  const gross = new Float64Array(n);
  const cost = new Float64Array(n);
  const funding = new Float64Array(n);
  const traded = new Float64Array(n);
  let held = 0;
  let mark = NaN;
  for (let row = 0; row < n; row++) {
    const price = prices[row] ?? NaN;
    const next = exposure[row] ?? NaN;
    if (!Number.isNaN(price)) {
      if (held !== 0) gross[row] = held * (price / mark - 1);
      mark = price;
    }
    funding[row] = held * (rates?.[row] ?? 0);
    traded[row] = Math.abs(next - held);
    cost[row] = (traded[row] ?? 0) * costRate;
    held = next;
  }
  return { gross, cost, funding, traded };
}
