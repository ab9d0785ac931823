import type { Place } from '../diag/diagnostic.js';
import type { YamlScalar } from '../yaml/value.js';
import type { Given, GivenMap } from './given.js';

/** A pipeline file as it is written, before any name means anything. */
export interface PipelineAst {
  readonly file: string;
  readonly name: string;
  readonly place: Place;
  readonly doc: string;
  readonly params: readonly ParamAst[];
  readonly profiles: readonly ProfileAst[];
  readonly dimensions: readonly DimensionAst[];
  readonly ins: readonly InAst[];
  readonly stages: readonly StageAst[];
  readonly outs: readonly WireAst[];
}

/** A name at a place. */
export interface NameAst {
  readonly name: string;
  readonly place: Place;
}
/** `name: value`, where the place is the name's. */
export interface FieldAst extends NameAst {
  readonly value: Given;
}
/** A formula as it is written: text, or a number or boolean that is one. */
export type FormulaAst = YamlScalar;

export interface ParamAst extends NameAst {
  /** Text such as `list spec scorer`; undefined: the default's own type. */
  readonly type?: NameAst | undefined;
  readonly value?: Given | undefined;
  readonly min?: Given | undefined;
  readonly max?: Given | undefined;
  readonly optional: boolean;
  readonly doc: string;
  /** The declaration could not be read, which was told. */
  readonly broken?: boolean;
}
export interface ProfileAst extends NameAst {
  readonly values: readonly FieldAst[];
}
export interface DimensionAst extends NameAst {
  /** A list, `$param`, a glob, or `stage.port`; undefined: none of them, which was told. */
  readonly over?: Given | undefined;
  readonly where?: FormulaAst | undefined;
}
export interface InAst extends NameAst {
  /** A kind of port or the id of a contract; undefined: it could not be read, which was told. */
  readonly type?: NameAst | undefined;
  readonly per: readonly NameAst[];
  readonly optional: boolean;
}

export interface StageAst extends NameAst {
  /** undefined: the stage could not be read, which was told. */
  readonly use?: NameAst | undefined;
  readonly foreach: readonly NameAst[];
  readonly in: readonly WireAst[];
  /** `in` could not be read, which was told. */
  readonly inBroken: boolean;
  readonly with: GivenMap;
  readonly when?: FormulaAst | undefined;
  readonly else?: Reference | undefined;
  readonly repeat?: RepeatAst | undefined;
  readonly expect: readonly ExpectAst[];
  readonly retry?: FieldAst | undefined;
  readonly timeout?: FieldAst | undefined;
  readonly resources?: FieldAst | undefined;
  readonly after: readonly NameAst[];
  readonly publish: readonly PublishAst[];
}
/** `port: reference`; without one where it could not be read: that was told, and what follows from it is not. */
export interface WireAst extends NameAst {
  readonly ref?: Reference | undefined;
}
export interface ExpectAst {
  readonly formula: FormulaAst;
  readonly warn: boolean;
}
export interface RepeatAst {
  readonly place: Place;
  readonly over: readonly FieldAst[];
  readonly until: FormulaAst;
  readonly atMost?: Given | undefined;
  readonly carry: readonly (NameAst & { readonly out: NameAst })[];
}
export interface PublishAst extends NameAst {
  readonly to: NameAst;
  readonly split?: NameAst | undefined;
}

/** `stage`, `stage.port`, `in.port`, each with a selection `@ID`, `@$param`, `@dim=ID` (several joined by `:`). */
export interface Reference {
  readonly text: string;
  readonly place: Place;
  readonly stage: NameAst;
  readonly port?: NameAst | undefined;
  readonly selections: readonly Selection[];
}
export interface Selection {
  readonly dimension?: NameAst | undefined;
  /** An id, or the name of a parameter when `isParam`. */
  readonly value: string;
  readonly isParam: boolean;
  readonly place: Place;
}
