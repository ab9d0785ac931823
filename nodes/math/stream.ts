import { compoundDays, type Days, daysOf } from './days.js';
import { account, addTrades } from './exposure.js';
import { ratesOnRows } from './settle.js';
import { type Rule, type Trade, tradesOf } from './trades.js';
import type { Vector } from './vector.js';

/** One symbol as a strategy meets it. */
export interface Market {
  readonly symbol: string;
  /** Opens of the rows, ascending, UTC milliseconds. */
  readonly times: Vector;
  /** Close of each row; NaN in a gap. */
  readonly prices: Vector;
  /** Funding rate settled in each row; undefined where positions pay none, or no print says what it was. */
  readonly rates: Vector | undefined;
  readonly days: Days;
}

/** Funding prints: when each settled, and its rate. */
export interface Prints {
  readonly times: Vector;
  readonly rates: Vector;
}

/** A symbol's rows with its funding laid onto them; without a single print its funding is not known. */
export function marketOf(symbol: string, times: Vector, prices: Vector, prints?: Prints): Market {
  const known = prints !== undefined && prints.times.length > 0;
  const rates = known ? ratesOnRows(times, prints.times, prints.rates) : undefined;
  return { symbol, times, prices, rates, days: daysOf(times) };
}

/**
 * Funding as it was booked, or missing all along where it was to be charged and no market says what it was: what is not
 * known is not 0.
 * @param charged  whether costs have positions pay funding
 */
export function knownFunding(
  booked: Float64Array,
  markets: readonly Market[],
  charged: boolean,
): Float64Array {
  const dark = charged && markets.every(({ rates }) => rates === undefined);
  return dark ? booked.map(() => NaN) : booked;
}

/** A strategy of unit size on one symbol. */
export interface Stream {
  /** Return of each day after costs and funding, 0 without a position. */
  readonly net: Float64Array;
  readonly trades: readonly Trade[];
}

/**
 * Trade the signals of one rule with all the capital and see what each day brought.
 * @param sides     +1 or −1 for each signal
 * @param costRate  fraction of traded notional, a side
 * @throws          as {@link tradesOf} and {@link account}
 */
export function streamOf(
  rows: Vector,
  sides: Vector,
  rule: Rule,
  market: Market,
  costRate: number,
): Stream {
  const { trades } = tradesOf(rows, sides, market.prices, rule);
  const exposure = new Float64Array(market.prices.length);
  addTrades(exposure, trades, 1);
  const booked = account(exposure, market.prices, costRate, market.rates);
  return { net: compoundDays(booked, market.days).net, trades };
}
