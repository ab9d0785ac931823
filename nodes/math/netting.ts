import { compoundDays, type DailyAccount, type Days } from './days.js';
import { account, addTrades } from './exposure.js';
import type { Market } from './stream.js';
import type { Trade } from './trades.js';
import type { Vector } from './vector.js';

/** Trades of one atom on one of several symbols, with its share of the capital. */
export interface Position {
  /** Which of the markets. */
  readonly number: number;
  readonly weight: number;
  readonly trades: readonly Trade[];
}

/** What a portfolio did on each day. */
export interface DailyPortfolio extends DailyAccount {
  /** Mean over the rows of the day of Σ |net exposure in a symbol|. */
  readonly exposure: Float64Array;
  /** Mean over the rows of the day of Σ net exposure in a symbol. */
  readonly netExposure: Float64Array;
  /** Positions of atoms entered. */
  readonly entered: Float64Array;
}

/**
 * Net positions of many atoms symbol by symbol, book each symbol's net exposure and add the days up.
 * Atoms that hold opposite sides of one symbol cancel: only the net change pays costs.
 * @param markets    of equally many rows at the same times
 * @param costRates  of each market, fraction of traded notional, a side
 */
export function netted(
  positions: readonly Position[],
  markets: readonly Market[],
  costRates: Vector,
): DailyPortfolio {
  const [first] = markets;
  const n = first?.times.length ?? 0;
  const days = first?.days ?? { starts: new Float64Array(0), of: new Uint32Array(0) };
  const rows = () => new Float64Array(n);
  const total = { gross: rows(), cost: rows(), funding: rows(), traded: rows() };
  const held = { exposure: rows(), net: rows() };
  for (const [number, market] of markets.entries()) {
    const own = positions.filter((position) => position.number === number);
    if (own.length === 0) continue;
    const exposure = new Float64Array(n);
    for (const { trades, weight } of own) addTrades(exposure, trades, weight);
    const booked = account(exposure, market.prices, costRates[number] ?? NaN, market.rates);
    addTo(total.gross, booked.gross);
    addTo(total.cost, booked.cost);
    addTo(total.funding, booked.funding);
    addTo(total.traded, booked.traded);
    addTo(held.exposure, exposure.map(Math.abs));
    addTo(held.net, exposure);
  }
  return {
    ...compoundDays(total, days),
    exposure: dailyMeans(held.exposure, days),
    netExposure: dailyMeans(held.net, days),
    entered: entries(positions, days),
  };
}

/** The mean of the rows of each day. */
export function dailyMeans(values: Float64Array, days: Days): Float64Array {
  const totals = new Float64Array(days.starts.length);
  const counts = new Float64Array(days.starts.length);
  for (const [row, value] of values.entries()) {
    const day = days.of[row] ?? 0;
    totals[day] = (totals[day] ?? 0) + value;
    counts[day] = (counts[day] ?? 0) + 1;
  }
  return totals.map((total, day) => total / (counts[day] ?? NaN));
}

function entries(positions: readonly Position[], days: Days): Float64Array {
  const out = new Float64Array(days.starts.length);
  for (const { trades } of positions) {
    for (const { entry } of trades) {
      const day = days.of[entry] ?? 0;
      out[day] = (out[day] ?? 0) + 1;
    }
  }
  return out;
}

function addTo(total: Float64Array, part: Float64Array): void {
  for (let row = 0; row < total.length; row++) total[row] = (total[row] ?? 0) + (part[row] ?? 0);
}
