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
  /** Usual open interest, base units. */
  readonly interest: number;
  /** Usual premium of the perpetual over spot, in logs. */
  readonly premium: number;
  /** Turnover of spot against that of the perpetual. */
  readonly spotShare: number;
  /** Usual spread over mid. */
  readonly spread: number;
}

const DIGITS = 6;
/** A symbol that turns over this much a day has a spread of one basis point; ten times as much narrows it to two fifths. */
const DEEP = 1e8;
const BPS = 1e-4;

/** Traits of a symbol: prices from cents to ten thousands, turnover from ten million to two billion a day. */
export function traitsOf(symbol: string, random: Streams): Traits {
  const draws = random(symbol, 'traits');
  const price = Math.exp(Math.log(0.05) + draws.uniform() * Math.log(1e6));
  const beta = 0.75 + 0.5 * draws.uniform();
  const temper = 0.8 + 0.5 * draws.uniform();
  const turnover = Math.exp(Math.log(1e7) + draws.uniform() * Math.log(200));
  return {
    price,
    perUnit: ticksPerUnit(price),
    beta,
    temper,
    turnover,
    ticket: 300 + 3000 * draws.uniform(),
    interest: (turnover * (0.25 + 0.25 * draws.uniform())) / price,
    premium: BPS * (4 * draws.uniform() - 2),
    spotShare: 0.12 + 0.12 * draws.uniform(),
    spread: BPS * Math.exp(-0.4 * Math.log(turnover / DEEP) + 0.2 * draws.normal()),
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
