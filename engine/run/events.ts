import type { Diagnostic } from '../diag/diagnostic.js';
import type { Stored } from '../store/stored.js';

/** How an item ended. `joined`: another item with the same key did the work. */
export type Outcome = 'cached' | 'done' | 'joined' | 'failed' | 'skipped' | 'blocked' | 'cancelled';

/** Milliseconds an item spent waiting for a thread, hashing, reading inputs, in the node's own code, and writing. */
export interface Timings {
  readonly queue: number;
  readonly hash: number;
  readonly read: number;
  readonly user: number;
  readonly write: number;
}

/** Everything a run tells the outside, in order. `--json` prints it line by line; reporters turn it into text. */
export type RunEvent =
  | {
      readonly event: 'run-started';
      readonly run: string;
      readonly pipeline: string;
      readonly items: number;
    }
  /** A run-time dimension got its points (or a static one at the start). */
  | {
      readonly event: 'expanded';
      readonly dimension: string;
      readonly at: string;
      readonly points: number;
      readonly items: number;
    }
  | { readonly event: 'item-started'; readonly item: string; readonly node: string }
  | {
      readonly event: 'item-progress';
      readonly item: string;
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly event: 'item-ended';
      readonly item: string;
      readonly node: string;
      readonly outcome: Outcome;
      readonly key?: string | undefined;
      readonly timings?: Timings | undefined;
      readonly problems?: readonly Diagnostic[] | undefined;
    }
  | {
      readonly event: 'item-log';
      readonly item: string;
      readonly message: string;
      readonly facts: Readonly<Record<string, unknown>>;
    }
  | { readonly event: 'warning'; readonly item?: string | undefined; readonly problem: Diagnostic }
  | {
      readonly event: 'published';
      readonly path: string;
      readonly rows?: number | undefined;
      readonly bytes: number;
    }
  /** A file that an earlier run published, and that is no longer part, was removed. */
  | { readonly event: 'unpublished'; readonly path: string }
  | { readonly event: 'run-ended'; readonly run: string; readonly summary: Summary };

/** The run in numbers. */
export interface Summary {
  readonly outcome: 'done' | 'failed' | 'interrupted';
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Items whose `repeat` ended unsettled, broken `warn:` expectations and fallbacks make a run degraded. */
  readonly degraded: readonly string[];
  readonly warnings: number;
  /** Warnings that cached items gave when they were executed: their records hold them. */
  readonly remembered: number;
  /** Wall-clock milliseconds of the run, and the sum over executed items by kind. */
  readonly elapsed: number;
  readonly timings: Timings;
  /** The pipeline's `out:` values by name: content digest, and the published path if there is one. */
  readonly outs: Readonly<Record<string, OutValue>>;
}

/** One value of the pipeline's `out:`. */
export interface OutValue {
  readonly kind: Stored['kind'];
  readonly digest: string;
  /** Where it was published, project-relative. */
  readonly path?: string | undefined;
}

export type Emit = (event: RunEvent) => void;
