import type { Place } from '../diag/diagnostic.js';
import type { Tree } from '../expr/tree.js';

/** A formula as it reaches a node: parsed, its `$names` bound to constants. */
export interface Formula {
  /** Canonical text; equal formulas have equal text, whatever their spacing. */
  readonly text: string;
  readonly tree: Tree;
  /** Where `length` characters starting at `offset` of the authored text stand. */
  readonly locate: (offset: number, length: number) => Place;
}
