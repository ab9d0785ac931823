import type { Chains } from './chains.js';
import { between } from './quantile.js';

/** A quantile that is asked for, from so many known rows on, and where its values go. */
export interface AskedQuantile {
  readonly q: number;
  readonly min: number;
  readonly out: Float64Array;
}

/**
 * Splits the rows of two chains at an order statistic: of either chain, those before a place are below it, and none of them is
 * larger than one that is not. A row that comes or goes moves it by a step or two.
 */
export class Split {
  readonly #chains: Chains;
  readonly #q: number;
  readonly #min: number;
  readonly #out: Float64Array;
  /** The first places of the old and of the young chain that are not below. */
  #a: number;
  #b: number;
  /** How many rows are below. */
  #below = 0;
  /** For so many known rows, the rank of the lower neighbour of the quantile, and how far the quantile is beyond it. */
  #known = -1;
  #low = 0;
  #share = 0;

  constructor(chains: Chains, { q, min, out }: AskedQuantile) {
    this.#chains = chains;
    this.#q = q;
    this.#min = min;
    this.#out = out;
    this.#a = chains.old.head + 1;
    this.#b = chains.young.head + 1;
  }

  /** The young chain has become the old one, and an empty one is young. */
  turned(): void {
    const { head, known } = this.#chains.young;
    this.#a = this.#b;
    this.#b = head + known + 1;
  }

  /** A row of the old chain has been taken out, and one put back into the young chain; 0 where there is none. */
  moved(row: number, leaves: number, enters: number, known: number): void {
    if (leaves > 0) this.#left(leaves);
    if (enters > 0) this.#entered(enters);
    this.#out[row] = known < this.#min ? Number.NaN : this.#at(known);
  }

  #left(place: number): void {
    if (place === this.#a) this.#a = this.#chains.next[place] ?? 0;
    // 1 less if it was below, else nothing: which it is nobody can guess, and a branch would guess wrong.
    else this.#below += (place - this.#a) >> 31;
  }

  #entered(place: number): void {
    if (place > this.#b) return;
    const { values } = this.#chains;
    if ((values[place] ?? 0) <= (values[this.#a] ?? 0)) this.#below += 1;
    else this.#b = place;
  }

  /** The quantile of the rows in both chains, linear between order statistics: h = (known − 1) q. */
  #at(known: number): number {
    if (known !== this.#known) this.#aim(known);
    if (this.#below < this.#low) this.#rise();
    else if (this.#below > this.#low) this.#sink();
    const { values, next } = this.#chains;
    const a = values[this.#a] ?? 0;
    const b = values[this.#b] ?? 0;
    const least = Math.min(a, b);
    if (this.#low >= known - 1) return least;
    const second =
      a <= b
        ? Math.min(values[next[this.#a] ?? 0] ?? 0, b)
        : Math.min(a, values[next[this.#b] ?? 0] ?? 0);
    return second === least ? least : between(least, second, this.#share);
  }

  #aim(known: number): void {
    const h = (known - 1) * this.#q;
    this.#known = known;
    this.#low = Math.floor(h);
    this.#share = h - this.#low;
  }

  #rise(): void {
    const { values, next } = this.#chains;
    for (; this.#below < this.#low; this.#below += 1) {
      if ((values[this.#a] ?? 0) <= (values[this.#b] ?? 0)) this.#a = next[this.#a] ?? 0;
      else this.#b = next[this.#b] ?? 0;
    }
  }

  #sink(): void {
    const { values, previous } = this.#chains;
    for (; this.#below > this.#low; this.#below -= 1) {
      const a = previous[this.#a] ?? 0;
      const b = previous[this.#b] ?? 0;
      if ((values[a] ?? 0) > (values[b] ?? 0)) this.#a = a;
      else this.#b = b;
    }
  }
}
