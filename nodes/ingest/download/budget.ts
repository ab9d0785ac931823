import { now } from './clock.js';
import { pause } from './wait.js';

/** The most a venue lets us use in any stretch of time, as its documentation or its headers say. */
export interface Limit {
  readonly most: number;
  /** Milliseconds. */
  readonly every: number;
}

/**
 * Weight that may be used in every stretch of some length. Requests are admitted one after the other, in the order they came;
 * what others behind the same address used counts as soon as the venue tells it.
 */
export class Budget {
  #spent: { readonly at: number; readonly weight: number }[] = [];
  #queue: Promise<void> = Promise.resolve();

  /** @param clock  Milliseconds; tests bring their own. */
  constructor(
    readonly limit: Limit,
    readonly clock: () => number = now,
  ) {}

  /** Resolves when a request of this weight may go. @throws the signal's reason */
  admit(weight: number, signal: AbortSignal): Promise<void> {
    const turn = this.#queue.then(() => this.#wait(weight, signal));
    // Whoever is cancelled leaves the queue; the next one is served all the same.
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** The venue says how much was used in the minute that runs: more than we know of was used by somebody else. */
  told(used: number): void {
    const own = this.#sum(this.clock() - 60_000);
    if (used > own) this.#spent.push({ at: this.clock(), weight: used - own });
  }

  async #wait(weight: number, signal: AbortSignal): Promise<void> {
    for (;;) {
      const now = this.clock();
      this.#spent = this.#spent.filter(({ at }) => at > now - this.limit.every);
      const oldest = this.#spent[0];
      const room = this.#sum(now - this.limit.every) + weight <= this.limit.most;
      // A request that is heavier than the whole budget goes when nothing else has used any.
      if (room || oldest === undefined) {
        this.#spent.push({ at: now, weight });
        return;
      }
      await pause(Math.max(1, oldest.at + this.limit.every - now), signal);
    }
  }

  #sum(after: number): number {
    return this.#spent.reduce((sum, { at, weight }) => (at > after ? sum + weight : sum), 0);
  }
}
