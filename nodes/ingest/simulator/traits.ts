import type { Streams } from './settings.js';

/** What sets one symbol apart; drawn from its name. */
export interface Traits {
  /** Price at the epoch. */
  readonly price: number;
  /** Prices are whole multiples of 1 / `perUnit`. */
  readonly perUnit: number;
  /** Move of the symbol for a move of the market. */
  readonly beta: number;
  /** Its own volatility against the usual. */
  readonly temper: number;
  /** Mean turnover of a day in quote units. */
  readonly turnover: number;
  /** Mean size of a trade in quote units. */
  readonly ticket: number;
}

const DIGITS = 6;

/** Traits of a symbol: prices from cents to ten thousands, turnover from ten million to two billion a day. */
export function traitsOf(symbol: string, random: Streams): Traits {
  const draws = random(symbol, 'traits');
  const price = Math.exp(Math.log(0.05) + draws.uniform() * Math.log(1e6));
  return {
    price,
    perUnit: ticksPerUnit(price),
    beta: 0.75 + 0.5 * draws.uniform(),
    temper: 0.8 + 0.5 * draws.uniform(),
    turnover: Math.exp(Math.log(1e7) + draws.uniform() * Math.log(200)),
    ticket: 300 + 3000 * draws.uniform(),
  };
}

/** The power of ten that leaves a price about six significant digits; at least 1. */
function ticksPerUnit(price: number): number {
  let perUnit = 1;
  let least = 1;
  for (let digit = 1; digit < DIGITS; digit++) least *= 10;
  while (price * perUnit < least) perUnit *= 10;
  return perUnit;
}
