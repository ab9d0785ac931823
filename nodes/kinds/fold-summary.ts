import type { JsonObject } from '../../engine/sdk/index.js';

/** What happened in one fold, from hypotheses to trades: the funnel, the solver and every fallback. */
export interface FoldSummary {
  readonly fold: {
    readonly id: string;
    readonly train_from: number;
    readonly train_to: number;
    readonly test_from: number;
    readonly test_to: number;
  };
  readonly discovery: {
    readonly hypotheses: number;
    readonly tested: number;
    readonly passed: number;
    readonly least_q: number | null;
    /** How often each gate was failed. */
    readonly failed: Readonly<Record<string, number>>;
  };
  readonly selection: {
    readonly atoms: number;
    /** Atoms that some veto forbade at the last stage. */
    readonly vetoed: number;
    /** How often each veto was cast. */
    readonly vetoes: Readonly<Record<string, number>>;
    readonly winners: number;
    readonly stage: number;
    /** How many winners each rule recruited. */
    readonly reasons: Readonly<Record<string, number>>;
  };
  readonly allocation: JsonObject;
  /** Atoms with a weight, by name. */
  readonly holdings: readonly {
    readonly atom: string;
    readonly weight: number;
    readonly trades: number;
    /** Those of them that bought. */
    readonly long: number;
    /** Sum of the returns of its trades, of unit size and before costs. */
    readonly gross: number;
  }[];
  readonly test: {
    readonly days: number;
    readonly net: number;
    readonly gross: number;
    readonly cost: number;
    /** Null where it was to be paid and is not known. */
    readonly funding: number | null;
    readonly trades: number;
    readonly exposure: number;
  };
  /** Why the fold's result leans on fallbacks; empty where it does not. */
  readonly degraded: readonly string[];
}
