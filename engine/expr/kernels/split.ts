import { type Chains, putBack, takeOut } from './chains.js';
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
  readonly #values: Readonly<Float64Array>;
  readonly #next: Uint16Array;
  readonly #previous: Uint16Array;
  readonly #q: number;
  readonly #min: number;
  readonly #out: Float64Array;
  /** The first places of the old and of the young chain that are not below. */
  #a: number;
  #b: number;
  /** How many rows are below. */
  #below = 0;

  constructor(chains: Chains, { q, min, out }: AskedQuantile) {
    this.#chains = chains;
    this.#values = chains.values;
    this.#next = chains.next;
    this.#previous = chains.previous;
    this.#q = q;
    this.#min = min;
    this.#out = out;
    this.#a = chains.old.head + 1;
    this.#b = chains.young.head + 1;
  }

  /** Walk through the rows of a block that has become young: one by one the old chain loses its rows, and the young one gains them. */
  walk(start: number, end: number): void {
    const { old, young } = this.#chains;
    const [going, coming] = [old.places, young.places];
    this.#a = this.#b;
    this.#b = young.head + young.known + 1;
    let { known } = old;
    for (let i = start; i < end; i += 1) {
      const leaves = going[i - start] ?? 0;
      const enters = coming[i - start] ?? 0;
      if (leaves > 0) this.#leave(leaves);
      if (enters > 0) this.#enter(enters);
      known += Number(enters > 0) - Number(leaves > 0);
      this.#out[i] = known < this.#min ? Number.NaN : this.#at(known);
    }
  }

  #leave(place: number): void {
    takeOut(place, this.#next, this.#previous);
    if (place === this.#a) this.#a = this.#next[place] ?? 0;
    // 1 less if it was below, else nothing: which it is nobody can guess, and a branch would guess wrong.
    else this.#below += (place - this.#a) >> 31;
  }

  #enter(place: number): void {
    putBack(place, this.#next, this.#previous);
    if (place > this.#b) return;
    const values = this.#values;
    if ((values[place] ?? 0) <= (values[this.#a] ?? 0)) this.#below += 1;
    else this.#b = place;
  }

  /** The quantile of the rows in both chains, linear between order statistics: h = (known − 1) q. */
  #at(known: number): number {
    const h = (known - 1) * this.#q;
    const low = Math.floor(h);
    if (this.#below < low) this.#rise(low);
    else if (this.#below > low) this.#sink(low);
    const values = this.#values;
    const next = this.#next;
    const a = values[this.#a] ?? 0;
    const b = values[this.#b] ?? 0;
    const least = Math.min(a, b);
    if (low >= known - 1) return least;
    const second =
      a <= b
        ? Math.min(values[next[this.#a] ?? 0] ?? 0, b)
        : Math.min(a, values[next[this.#b] ?? 0] ?? 0);
    return second === least ? least : between(least, second, h - low);
  }

  #rise(low: number): void {
    const values = this.#values;
    const next = this.#next;
    for (; this.#below < low; this.#below += 1) {
      if ((values[this.#a] ?? 0) <= (values[this.#b] ?? 0)) this.#a = next[this.#a] ?? 0;
      else this.#b = next[this.#b] ?? 0;
    }
  }

  #sink(low: number): void {
    const values = this.#values;
    const previous = this.#previous;
    for (; this.#below > low; this.#below -= 1) {
      const a = previous[this.#a] ?? 0;
      const b = previous[this.#b] ?? 0;
      if ((values[a] ?? 0) > (values[b] ?? 0)) this.#a = a;
      else this.#b = b;
    }
  }
}
