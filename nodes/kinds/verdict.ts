import type { Json } from '../../engine/sdk/index.js';

/** What gate E1 says of one event over all symbols of some rows. Numbers are null where there is nothing to measure. */
export interface EventVerdict {
  readonly [key: string]: Json;
  readonly event: string;
  /** Null where it never occurred: then there is nothing to judge. */
  readonly e1_pass: boolean | null;
  /** Bounds that are broken, in words. */
  readonly reasons: readonly string[];
  readonly count: number;
  /** Bars at which it could be looked for; 0 where what it stands on is not there. */
  readonly bars: number;
  readonly per_10k: number | null;
  /** Share of distances between neighbours of one symbol that are hardly longer than the cooldown. */
  readonly clustered: number | null;
  readonly joined: number | null;
  readonly up: number | null;
  readonly down: number | null;
  readonly near_gaps: number | null;
  /** The threshold that was moved; null where the event has none. */
  readonly main: string | null;
  readonly elasticity: number | null;
  /** Variance of yearly counts over what chance gives, bars of each year allowed for, and the probability of more by chance. */
  readonly dispersion: number | null;
  readonly dispersion_p: number | null;
  /** Quantiles of severity in these rows: where its buckets are cut. */
  readonly severity: {
    readonly q80: number | null;
    readonly q90: number | null;
    readonly q95: number | null;
  };
  /** Symbols that break bounds by themselves, with the bounds. */
  readonly symbols: Readonly<Record<string, readonly string[]>>;
}
