import type { Formula } from './formula.js';
import type { ParamSpecs, ParamValues } from './params.js';

/** A kind of spec file: `feature`, `event`, `market` … declared once; the schema, docs and checks follow from it. */
export interface Kind<F extends ParamSpecs> {
  readonly kind: string;
  readonly doc: string;
  /** Where such specs live under `spec/`: one file an id, in any sub-folder. */
  readonly folder: string;
  readonly fields: F;
  /** Formula specs may have `params:` (constants with bounds), `foreach:` (one instance a value) and `let:` (named clauses). */
  readonly formulas: boolean;
  /** A text field that repeats the name of the sub-folder a spec lies in. */
  readonly group?: string;
  /** A text field that names the constant the spec hangs on most: the first of `params:` unless told, none where it says `none`. */
  readonly varies?: string;
  /** Names that a node gives values to: formulas keep them as `$name`, and whoever compiles one binds them first. */
  readonly leaves?: readonly string[];
  /** The cases that every such spec is to have, in words; `dag check` and `dag test` warn of one that has none. */
  readonly cases?: string;
}
export type AnyKind = Kind<ParamSpecs>;

/** Fields every spec may have; they describe and never change a result, so no key contains them. */
export const DESCRIPTIVE = ['title', 'doc', 'source', 'cases'] as const;

/** One parsed spec as a node receives it. An instance of `foreach` has the values in its id: `rv` → `rv_96`, `rv_288`. */
export type SpecValue<F extends ParamSpecs> = ParamValues<F> & {
  readonly id: string;
  /** Named clauses in the order written; each may use those above it. Empty unless the kind has formulas. */
  readonly let: Readonly<Record<string, Formula>>;
  /** The constant the spec hangs on most, and the formulas that name it; only of kinds that say which it is. */
  readonly open?: Open;
};

/** Formulas of a spec with one of its constants left open, so that a node can try other values of it. */
export interface Open {
  readonly name: string;
  /** What the author set. */
  readonly value: number;
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
  /** Formula fields and clauses that name it, with `$name` in them. */
  readonly fields: Readonly<Record<string, Formula>>;
  readonly let: Readonly<Record<string, Formula>>;
}
export type SpecOf<K extends AnyKind> = K extends Kind<infer F> ? SpecValue<F> : never;

/** Declare a kind of spec. */
export function defineKind<F extends ParamSpecs>(kind: {
  readonly kind: string;
  readonly doc: string;
  readonly folder: string;
  readonly fields: F;
  readonly formulas?: boolean;
  readonly group?: keyof F & string;
  readonly varies?: keyof F & string;
  readonly leaves?: readonly string[];
  readonly cases?: string;
}): Kind<F> {
  return { formulas: false, ...kind };
}
