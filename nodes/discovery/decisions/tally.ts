/** What becomes of an occurrence under a rule, numbered. */
export const FATE = { kept: 0, dropped: 1, sideless: 2, unknown: 3, unmet: 4, pending: 5 } as const;
type Fate = keyof typeof FATE;
/** How many there are. */
export const FATES = Object.keys(FATE).length;

/** What became of the occurrences of one event under one rule. */
export interface DecisionTally {
  readonly [key: string]: unknown;
  readonly event: string;
  readonly template: string;
  /** Columns its formulas miss here; nothing is decided where there are any. */
  readonly needs: readonly string[];
  /** Decided, and left in by the filter if there is one. */
  readonly kept: number;
  /** Decided, and left out by a filter. */
  readonly dropped: number;
  /** The signal points nowhere. */
  readonly sideless: number;
  /** A formula is missing. */
  readonly unknown: number;
  /** The rule does not hold, or what was waited for did not come. */
  readonly unmet: number;
  /** The rows end before the wait does. */
  readonly pending: number;
}

/** Counts of fates by event and rule, both as numbers from 0. */
export class Counts {
  readonly #counts: Float64Array;

  constructor(
    readonly events: number,
    readonly rules: number,
  ) {
    this.#counts = new Float64Array(events * rules * FATES);
  }

  /** @param fate  its number */
  add(fate: number, event: number, rule: number): void {
    const at = this.#at(fate, event, rule);
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }

  of(event: number, rule: number): Readonly<Record<Fate, number>> {
    const count = (fate: Fate) => this.#counts[this.#at(FATE[fate], event, rule)] ?? 0;
    return {
      kept: count('kept'),
      dropped: count('dropped'),
      sideless: count('sideless'),
      unknown: count('unknown'),
      unmet: count('unmet'),
      pending: count('pending'),
    };
  }

  #at(fate: number, event: number, rule: number): number {
    return (event * this.rules + rule) * FATES + fate;
  }
}
