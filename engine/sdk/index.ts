/** All that a node may import from the engine. */

export { type Diagnostic, reporter } from '../diag/diagnostic.js';
export { Refusal } from '../diag/refusal.js';
export { bind } from '../expr/bind.js';
export { type Mention, mentionsOf } from '../expr/mentions.js';
export { printFormula } from '../expr/print.js';
export type { Definition, Program, ProgramColumn, TableFacts } from '../expr/program.js';
export {
  carried,
  compile,
  evaluate,
  evaluateUniverse,
  readsOfColumns,
  SHOWN,
} from '../expr/program.js';
export type { Tree } from '../expr/tree.js';
export { childrenOf, namesIn, withParts } from '../expr/tree.js';
export type { ColumnFacts } from '../expr/types.js';
export { flagColumn, numberColumn, timeColumn } from '../frame/build.js';
export type { Column, Dtype, Field, Flags, Numbers } from '../frame/column.js';
export { MISSING_FLAG, MISSING_TEXT } from '../frame/column.js';
export { concat } from '../frame/concat.js';
export { Frame, isFrame } from '../frame/frame.js';
export { joinExact } from '../frame/join.js';
export { sorted } from '../frame/sort.js';
export { textColumn } from '../frame/text.js';
export { readParquet } from '../store/codecs/parquet-read.js';
export { sha256 } from '../store/digest.js';
export type { Json, JsonObject } from '../yaml/value.js';
export { composedOperators } from './composed.js';
export type { Formula } from './formula.js';
export { loadValidator, type Validate } from './json-schema.js';
export type { AnyKind, Kind, Open, SpecOf, SpecValue } from './kind.js';
export { defineKind } from './kind.js';
export type { ColumnShape, Context, NodePlugin, Shape, ShapeContext, World } from './node.js';
export { ABSENT, defineNode } from './node.js';
export type { Param, ParamValue, Span } from './params.js';
export { t } from './params.js';
export { placeIn } from './places.js';
export type { FileValue, Gathered, Port, PortValue } from './port.js';
export { many, optional, port } from './port.js';
export type { Random } from './random.js';
export { trialsIn } from './trial.js';
