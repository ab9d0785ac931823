import type { Json } from '../yaml/value.js';

/** Why an item would run: what differs between its ingredients now and the nearest earlier record of it. */
export type Reason =
  | { readonly kind: 'never-ran' }
  /** It looks at the network: nothing here can tell whether what it would find is as before. */
  | { readonly kind: 'network' }
  | { readonly kind: 'node'; readonly before: string; readonly after: string }
  | {
      readonly kind: 'param';
      readonly path: string;
      readonly before: Json | undefined;
      readonly after: Json | undefined;
    }
  | {
      readonly kind: 'code';
      readonly module: string;
      readonly change: 'changed' | 'added' | 'removed';
    }
  | {
      readonly kind: 'package';
      readonly name: string;
      readonly before: string | undefined;
      readonly after: string | undefined;
    }
  | { readonly kind: 'kernel' }
  | { readonly kind: 'operator'; readonly name: string }
  | { readonly kind: 'format'; readonly before: number; readonly after: number }
  /** The dimensions that an input gathers over. */
  | {
      readonly kind: 'along';
      readonly port: string;
      readonly before: string;
      readonly after: string;
    }
  /** An input's content; `column` where it is known which one. */
  | {
      readonly kind: 'input';
      readonly port: string;
      readonly at: string;
      readonly column?: string | undefined;
      readonly before: string | undefined;
      readonly after: string | undefined;
    }
  /** An optional output that is given now and was not, or the other way round. */
  | { readonly kind: 'output'; readonly port: string; readonly given: boolean }
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly before: string | undefined;
      readonly after: string | undefined;
    }
  /** The record is there, the bytes are not (or are not what they were). */
  | {
      readonly kind: 'object';
      readonly port: string;
      readonly object: string;
      readonly state: 'missing' | 'corrupt';
    }
  /** Another item has the same key: it runs, and this one takes what it gives. */
  | { readonly kind: 'same'; readonly item: string }
  /** Something upstream runs first; whether this item must follow depends on what comes out. */
  | { readonly kind: 'upstream'; readonly items: readonly string[] };

/** One line of `dag plan`. */
export interface PlannedItem {
  readonly item: string;
  readonly stage: string;
  readonly node: string;
  readonly state: 'cached' | 'stale' | 'pending' | 'skipped';
  readonly reasons: readonly Reason[];
  readonly key?: string | undefined;
  /** Seconds, from the last executions of this item or its stage. */
  readonly expected?: number | undefined;
}

/** A dimension whose points are not known before its producer has run. */
export interface UnknownFanOut {
  readonly dimension: string;
  readonly after: string;
  /** Points it had in the last run. */
  readonly lastTime?: number | undefined;
  readonly stages: readonly string[];
}

export interface Plan {
  readonly pipeline: string;
  readonly items: readonly PlannedItem[];
  readonly unknown: readonly UnknownFanOut[];
}
