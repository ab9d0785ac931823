import type { Proportion } from '../math/proportion.js';

/** What discovery made of markets in which there is nothing to find. */
export interface Calibration {
  readonly [key: string]: unknown;
  /** Markets that were looked at. */
  readonly markets: number;
  /** Hypotheses tested in one market, on average. */
  readonly tests: number;
  /** Every find is false here: a market with one has a share of false finds of 1, so that the error of either kind is one number. */
  readonly levels: readonly (Proportion & {
    readonly level: number;
    /** Markets with a find at this level. */
    readonly wrong: number;
    /** Whether the interval reaches down to the level. */
    readonly kept: boolean;
  })[];
  /** Markets with a find that passed every gate. */
  readonly passed: Proportion & { readonly wrong: number };
  /** Of each hypothesis that ever did, in how many markets it passed every gate; by its id. */
  readonly finds: Readonly<Record<string, number>>;
  /** p and q by rank, the least first, as a market shows them: medians over the markets that have so many tests, half of all at least. */
  readonly ranks: readonly {
    readonly rank: number;
    readonly p: number;
    readonly q: number;
    /** The least q at this rank in any market. */
    readonly least: number;
  }[];
  /** Share of p-values up to a limit; beyond the limit itself they are too small. */
  readonly tails: readonly {
    readonly limit: number;
    /** Null where nothing was tested. */
    readonly share: number | null;
    /** Standard error over markets, whose tests may depend on each other; null for less than two markets. */
    readonly error: number | null;
  }[];
}
