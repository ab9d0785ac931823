import type { Dtype } from '../frame/column.js';
import type { Kind, Scope, Taint } from './facts.js';

/** What a value of a formula is, missing or not. */
export type ValueType = 'number' | 'boolean' | 'text';

/**
 * A computed series or constant. `mask` is −1 for a series and 0 for a constant of one cell, so that `data[i & mask]`
 * reads either without a branch. Missing: NaN, 255, 0xffffffff.
 */
export type Series = NumberSeries | FlagSeries | TextSeries;
export interface NumberSeries {
  readonly type: 'number';
  readonly data: Float64Array;
  readonly mask: number;
}
export interface FlagSeries {
  readonly type: 'boolean';
  readonly data: Uint8Array;
  readonly mask: number;
}
export interface TextSeries {
  readonly type: 'text';
  readonly data: Uint32Array;
  readonly words: readonly string[];
  readonly mask: number;
}

/** `a[i & SERIES]` is `a[i]`. */
export const SERIES = -1;
/** `a[i & CONSTANT]` is `a[0]`. */
export const CONSTANT = 0;

/** What an operator's constant argument may hold once it is worked out. A window of `all` is Infinity. */
export type Constant = number | boolean | string | readonly number[] | readonly string[];

/** One column as formulas see it before data exist. Plain data: it travels between stages. */
export interface ColumnFacts {
  readonly dtype: Dtype;
  readonly unit?: string | undefined;
  readonly taint: Taint;
  /** Milliseconds after the close of its row when a value is known. */
  readonly delay: number;
  /** Whether rows can be missing; assumed unless false. */
  readonly nullable?: boolean | undefined;
  /** Whether the value is as of the row's close, not of the time the row covers: a close, not a high. */
  readonly instant?: boolean | undefined;
  /** For a column that formulas computed upstream: facts go on adding up. */
  readonly facts?: CarriedFacts | undefined;
  /** Digest of the formula it was computed by, in terms of the columns that one read; certificates name it. */
  readonly formula?: string | undefined;
}

/** What a computed column carries into later programs; rows of its own clock. */
export interface CarriedFacts {
  readonly reach: number;
  readonly warmup: number;
  readonly kind: Kind;
  readonly scope: Scope;
  /** Whether rows settle one by one, not from some row on. */
  readonly patchy?: true | undefined;
  /** Dimensions behind a label: `''` for a pure number that is called, say, `score`. */
  readonly dims: string;
}
