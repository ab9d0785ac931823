import type { Draws } from './draws.js';
import { type Clock, kept } from './settings.js';

/** How long log volatility remembers, in days, and which share of its variance remembers so long. */
const SCALES = [
  { days: 1 / 48, share: 0.44 },
  { days: 1, share: 0.2 },
  { days: 20, share: 0.36 },
] as const;

/**
 * Log volatility against its mean, with standard deviation 1: a sum of components that forget in half an hour, a day and three
 * weeks, so that its autocorrelation falls slowly, as that of absolute returns does.
 * @see  Barndorff-Nielsen & Shephard (2001), Non-Gaussian Ornstein–Uhlenbeck-based models, J. Royal Statistical Society B 63(2)
 */
export class Mood {
  readonly #kept: Float64Array;
  readonly #fresh: Float64Array;
  readonly #weight: Float64Array;
  readonly #state: Float64Array;

  /** @param first  Draws what it was before the first bar. */
  constructor(clock: Clock, first: Draws) {
    this.#kept = Float64Array.from(SCALES, ({ days }) => kept(days, clock));
    this.#fresh = this.#kept.map((left) => Math.sqrt(1 - left * left));
    this.#weight = Float64Array.from(SCALES, ({ share }) => Math.sqrt(share));
    this.#state = Float64Array.from(SCALES, () => first.normal());
  }

  /** What it is in the next bar. */
  next(draws: Draws): number {
    const [state, left, fresh, weight] = [this.#state, this.#kept, this.#fresh, this.#weight];
    let sum = 0;
    for (let i = 0; i < SCALES.length; i++) {
      const value = (left[i] ?? 0) * (state[i] ?? 0) + (fresh[i] ?? 0) * draws.normal();
      state[i] = value;
      sum += (weight[i] ?? 0) * value;
    }
    return sum;
  }

  /** Something upsets it: the fastest component rises by so much. */
  stir(by: number): void {
    this.#state[0] = (this.#state[0] ?? 0) + by;
  }
}
