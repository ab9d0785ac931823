import { compoundDays, type Days, daysOf } from './days.js';
import { account, addTrades } from './exposure.js';
import { lowerBound } from './locate.js';
import { ratesOnRows, rowAt } from './settle.js';
import { lastPriced, type Rule, type Trade, tradesOf } from './trades.js';
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
  /** First row by whose close a print was there, from when on funding is known; ∞ without any. */
  readonly funded: number;
  readonly days: Days;
  /** Row by whose open the symbol has ended, and at which what is held is settled at its last price; ∞ while it lives. */
  readonly gone: number;
}

/** Funding prints: when each settled, and its rate. */
export interface Prints {
  readonly times: Vector;
  readonly rates: Vector;
}

/**
 * A symbol's rows with its funding laid onto them; without a single print its funding is not known.
 * @param ended  When it ceased to trade, UTC milliseconds; ∞ if it did not. Its last price before stands on the first row that opens
 *               then, so that positions are settled there, and no price stands on later ones.
 */
export function marketOf(
  symbol: string,
  times: Vector,
  quoted: Vector,
  prints?: Prints,
  ended = Number.POSITIVE_INFINITY,
): Market {
  const { prices, gone } = settled(times, quoted, ended);
  const known = prints !== undefined && prints.times.length > 0;
  const rates = known ? ratesOnRows(times, prints.times, prints.rates) : undefined;
  const funded = known
    ? Math.max(0, rowAt(times, prints.times[0] ?? NaN))
    : Number.POSITIVE_INFINITY;
  return { symbol, times, prices, rates, funded, days: daysOf(times), gone };
}

/** Prices with the last one at the row where a symbol has ended, and none after. */
function settled(
  times: Vector,
  quoted: Vector,
  ended: number,
): { readonly prices: Vector; readonly gone: number } {
  const gone = lowerBound(times, ended);
  if (gone === times.length) return { prices: quoted, gone: Number.POSITIVE_INFINITY };
  const prices = Float64Array.from(quoted).fill(NaN, gone);
  const last = lastPriced(prices.subarray(0, gone));
  prices[gone] = prices[last] ?? NaN;
  return { prices, gone };
}

/**
 * Funding as it was booked, but missing on the days before any market's first print where it was to be charged: what is
 * not known is not 0.
 * @param charged  whether costs have positions pay funding
 */
export function knownFunding(
  booked: Float64Array,
  markets: readonly Market[],
  charged: boolean,
): Float64Array {
  if (!charged) return booked;
  const row = Math.min(...markets.map(({ funded }) => funded));
  const from = markets[0]?.days.of[row] ?? Number.POSITIVE_INFINITY;
  return booked.map((paid, day) => (day < from ? NaN : paid));
}

/** A strategy of unit size on one symbol. */
export interface Stream {
  /** Return of each day after costs and funding, 0 without a position. */
  readonly net: Float64Array;
  readonly trades: readonly Trade[];
}

/**
 * Trade the signals of one rule with all the capital and see what each day brought: for estimates, which know their rows
 * to the last and leave at the last that has a price.
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
  const { trades } = tradesOf(rows, sides, market.prices, rule, lastPriced(market.prices));
  const exposure = new Float64Array(market.prices.length);
  addTrades(exposure, trades, 1);
  const booked = account(exposure, market.prices, costRate, market.rates);
  return { net: compoundDays(booked, market.days).net, trades };
}
