import type { Draws } from './draws.js';
import { type Clock, kept } from './settings.js';

/** Days in which the demand for leverage and the price that positions were entered at are forgotten. */
const DEMAND_DAYS = 1.5;
const ENTRY_DAYS = 1;
/** Share of the variance of demand that comes from chasing returns. */
const CHASING = 0.4;
/** Chance that forced orders go on for another bar, and their mean push in usual moves of a bar. */
const HOLD = 0.7;
const PUSH = 1.5;
/** Share of the demand that one bar of forced orders clears. */
const CLEARED = 0.15;
const LIKELIEST = 0.5;
/** Mean of demand² times the run against it², by simulation over 3 million bars; small, since demand chases returns. */
const USUAL = 0.035;
const FARTHEST = 4;
const BARS_OF_MONTH_DAYS = 30;

/**
 * Who is positioned how, and what happens when the price runs against them.
 *
 * 1. Demand for leverage is an autoregression: it chases returns and has shocks of its own. Positive: longs are crowded.
 * 2. The further the price has run against the crowd's mean entry, the likelier forced orders begin; then each bar they go on
 *    with chance `HOLD` and push the price further, and clear a part of the crowd.
 * 3. A bar without them makes up for it by exactly what was to be expected: a hair's breadth while nothing happens, a
 *    rebound when a cascade ends. So whoever sees everything up to a bar expects nothing of the next one.
 */
export class Crowd {
  /** Demand after the last bar; standard deviation about 1. */
  demand: number;
  /** Log price of the crowd's mean entry against the price of now. */
  #gone = 0;
  #forcing = 0;
  readonly #rate: number;
  readonly #kept: number;
  readonly #entry: number;
  readonly #chase: number;
  readonly #shock: number;

  /** @param cascades  Mean number a month, about. @param first draws the demand before the first bar. */
  constructor(cascades: number, clock: Clock, first: Draws) {
    this.#rate = cascades / (BARS_OF_MONTH_DAYS * clock.bars);
    this.#kept = kept(DEMAND_DAYS, clock);
    this.#entry = kept(ENTRY_DAYS, clock);
    const fresh = 1 - this.#kept * this.#kept;
    this.#chase = Math.sqrt(CHASING * fresh);
    this.#shock = Math.sqrt((1 - CHASING) * fresh);
    this.demand = first.normal();
  }

  /** Whether orders were forced in the last bar. */
  get forced(): boolean {
    return this.#forcing !== 0;
  }

  /**
   * What forced orders, or their absence, add to the log return of a bar; 0 on average over price.
   * @param scale  Standard deviation of the bar's return as everybody expects it.
   * @param day    The same of a day.
   */
  force(scale: number, day: number, draws: Draws): number {
    const side = this.#forcing || -Math.sign(this.demand);
    const chance = this.#forcing === 0 ? this.#chance(day) : HOLD;
    const mean = PUSH * scale;
    const rest = chance / (1 - chance);
    const convexity = 0.5 * mean * mean * (2 * chance + chance * rest);
    if (draws.uniform() >= chance) {
      this.#forcing = 0;
      return -side * rest * mean - convexity;
    }
    this.#forcing = side;
    this.demand *= 1 - CLEARED;
    return side * mean * draws.exponential() - convexity;
  }

  /** The bar is over: its return, and how large such a return usually is. */
  settle(move: number, scale: number, draws: Draws): void {
    // A walk that has no share of the variance never moves, and so surprises nobody.
    const size = scale > 0 ? move / scale : 0;
    const surprise = Math.min(Math.max(size, -FARTHEST), FARTHEST);
    this.demand = this.#kept * this.demand + this.#chase * surprise + this.#shock * draws.normal();
    this.#gone = this.#entry * (this.#gone + move);
  }

  /** Forced orders begin the likelier, the larger the crowd and the further the price has run against it. */
  #chance(day: number): number {
    const against = (-Math.sign(this.demand) * this.#gone) / (day * Math.sqrt(ENTRY_DAYS / 2));
    // Also where nothing ever moves, and against it nothing can be told.
    if (!(against > 0)) return 0;
    const weight = (this.demand * this.demand * against * against) / USUAL;
    return Math.min(LIKELIEST, this.#rate * weight);
  }
}
