import type { Proportion } from '../math/proportion.js';

/** How often discovery finds an effect of one size that is there, beside how often it should. Returns are fractions. */
export interface PowerRow {
  readonly [key: string]: unknown;
  /** Drift that was planted. */
  readonly drift: number;
  readonly markets: number;
  /** Markets in which the hypothesis was tested at all. */
  readonly tested: number;
  readonly found: Proportion & { readonly markets: number };
  /** Markets in which it passed every other gate, too. */
  readonly passed: Proportion & { readonly markets: number };
  /** Mean number of occurrences that were traded. */
  readonly n: number | null;
  /** What of the drift reached a trade, before costs: beside the same market without it. */
  readonly reached: number | null;
  /** Mean standard error of the expectancy. */
  readonly error: number | null;
  /** Share of markets in which it should be found: mean over all of them. */
  readonly expected: number;
}

/** The curve of one planted effect, sizes ascending. */
export interface Power {
  readonly [key: string]: unknown;
  readonly effect: string;
  readonly event: string;
  readonly template: string;
  /** How long the effect drifts and the hypothesis holds, ms. */
  readonly over: number;
  /** q-value up to which it counts as found. */
  readonly level: number;
  readonly rows: readonly PowerRow[];
}
