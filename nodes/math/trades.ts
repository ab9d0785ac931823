import { inRange, sameSize, wholeAtLeast } from './guard.js';
import { ascends } from './locate.js';
import type { Vector } from './vector.js';

/** A position of one unit, entered at the close of row `entry` and left at the close of row `exit`. */
export interface Trade {
  readonly entry: number;
  /** The number of rows there are where it is still held after the last of them. */
  readonly exit: number;
  /** +1 long, −1 short. */
  readonly side: number;
}

/** What came of the signals of one rule on one symbol. */
export interface Traded {
  readonly trades: readonly Trade[];
  /** Signals that came while a position was held. */
  readonly busy: number;
  /** Signals without a price at their entry. */
  readonly priceless: number;
  /** Signals too close to the end to be entered. */
  readonly late: number;
}

/** How signals become trades. */
export interface Rule {
  /** Rows from the signal to the entry; at least 1, for a signal is known only at the close of its own row. */
  readonly lag: number;
  /** Rows a position is held. */
  readonly hold: number;
}

/**
 * Signals to trades that never overlap: a signal is taken if no earlier position is open at its row.
 *
 * What is still open at the end leaves there. A position whose exit has no price waits for the next; where the rows have no
 * more, it stays open, for nobody could have known that there would be none.
 * @param rows    rows of the signals, ascending
 * @param sides   +1 or −1 for each; 0 is not a signal and is skipped
 * @param prices  one a row; NaN where there is none
 * @param end     row at whose close all is to end, set beforehand; it may lie beyond the rows there are
 * @throws        math/out-of-range, math/sizes-differ
 */
export function tradesOf(
  rows: Vector,
  sides: Vector,
  prices: Vector,
  rule: Rule,
  end: number,
): Traded {
  sameSize('signals and their sides', rows.length, sides.length);
  wholeAtLeast('lag', rule.lag, 1);
  wholeAtLeast('hold', rule.hold, 1);
  inRange('rows', NaN, ascends(rows), 'ascending');
  const trades: Trade[] = [];
  const missed = { busy: 0, priceless: 0, late: 0 };
  let free = -1;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? NaN;
    const side = Math.sign(sides[i] ?? NaN);
    if (!(Math.abs(side) === 1)) continue;
    const entry = row + rule.lag;
    if (row < free) missed.busy++;
    else if (entry >= Math.min(end, prices.length)) missed.late++;
    else if (Number.isNaN(prices[entry] ?? NaN)) missed.priceless++;
    else {
      const exit = pricedFrom(prices, Math.min(entry + rule.hold, end));
      trades.push({ entry, exit, side });
      free = exit;
    }
  }
  return { trades, ...missed };
}

/** The return of a trade before costs: side · (price at exit / price at entry − 1); NaN while it is held. */
export function tradeReturn(trade: Trade, prices: Vector): number {
  return trade.side * ((prices[trade.exit] ?? NaN) / (prices[trade.entry] ?? NaN) - 1);
}

/** The last row that has a price; −1 when none has. */
export function lastPriced(prices: Vector): number {
  let row = prices.length - 1;
  while (row >= 0 && Number.isNaN(prices[row] ?? NaN)) row--;
  return row;
}

/** The first row at or after `row` that has a price; the number of rows when none has. */
function pricedFrom(prices: Vector, row: number): number {
  let at = row;
  while (at < prices.length && Number.isNaN(prices[at] ?? NaN)) at++;
  return Math.min(at, prices.length);
}
