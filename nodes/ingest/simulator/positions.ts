import type { Asset } from './asset.js';
import { Draws, exponentialAt } from './draws.js';
import { kept } from './settings.js';

/** Days after which open interest has returned most of the way to its usual, and its noise in a bar, in logs. */
const RETURN_DAYS = 10;
const NOISE = 0.0015;
/** What a bar adds for each unit of log volatility above the usual, and for each unit of demand, in logs. */
const BUSY = 0.0002;
const LEVERAGE = 0.00005;
/** Moves beyond so many usual ones liquidate somebody, and what share of open interest for each unit of excess. */
const HARMLESS = 1.5;
const EACH = 5e-5;
/** What forced orders clear for each usual move that they push the price. */
const FORCED = 0.003;
const MOST = 0.1;

/** Open positions of a symbol from the epoch on. */
export interface Positions {
  /** Log of open interest against the usual, after each bar. */
  readonly interest: Float64Array;
  /** Share of open interest that was liquidated in each bar: longs positive, shorts negative. */
  readonly liquidated: Float64Array;
}

/**
 * Open interest grows with activity and demand, returns slowly to its usual and shrinks by what is liquidated; liquidated are
 * those the price runs against: a few in any large move, many where forced orders drive it.
 */
export function positionsOf(asset: Asset): Positions {
  const { name, random, clock, levels, variances, moods, demand, forced, traits } = asset;
  const bars = levels.length;
  const [interest, liquidated] = [new Float64Array(bars), new Float64Array(bars)];
  const back = kept(RETURN_DAYS, clock);
  const stream = random(name, 'positions');
  let draws = new Draws(stream.at(-1));
  let level = 0;
  let last = Math.log(traits.price);
  for (let i = 0; i < bars; i++) {
    if (i % clock.bars === 0) draws = new Draws(stream.at(i / clock.bars));
    const usual = Math.sqrt(variances[i] ?? 0);
    const close = levels[i] ?? 0;
    const move = close - last;
    last = close;
    const size = move / usual;
    // Every bar draws, so that none moves the draws of the next; few bars are far enough out to use it.
    const luck = draws.uniform();
    const beyond = size * size - HARMLESS * HARMLESS;
    const excess = beyond > 0 ? beyond * exponentialAt(luck) : 0;
    const force = Math.abs(forced[i] ?? 0) / usual;
    const share = Math.min(MOST, EACH * excess + FORCED * force);
    const grown = BUSY * (moods[i] ?? 0) + LEVERAGE * Math.abs(demand[i] ?? 0);
    level = back * level + grown + NOISE * draws.normal() - share;
    interest[i] = level;
    liquidated[i] = move < 0 ? share : -share;
  }
  return { interest, liquidated };
}
