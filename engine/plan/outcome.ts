import type { Stored } from '../store/stored.js';

/** What an item has given: its stored outputs by port. */
export type Outputs = Readonly<Record<string, Stored>>;

/** Where an item stands. Everything but `waiting`, `keyed` and `running` is final. */
export type State =
  | { readonly kind: 'waiting' }
  /** Must run (in a plan: would run). */
  | { readonly kind: 'stale' }
  | {
      readonly kind: 'given';
      readonly outputs: Outputs;
      readonly how: 'cached' | 'done' | 'joined' | 'stand-in';
    }
  | { readonly kind: 'skipped'; readonly why: string }
  | { readonly kind: 'failed' }
  /** A producer failed, or was itself blocked. */
  | { readonly kind: 'blocked'; readonly by: string }
  /** In a plan: something upstream runs first. */
  | { readonly kind: 'pending'; readonly on: readonly string[] };

/** Has the item ended, one way or another? */
export function ended(state: State): boolean {
  return state.kind !== 'waiting' && state.kind !== 'stale';
}
