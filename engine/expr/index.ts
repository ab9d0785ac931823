/** Formulas: parse, check, compile, evaluate. What stands here is what the rest of the engine uses. */

export { bind, literal } from './bind.js';
export { type CheckPort, type CheckValue, checkReads, evaluateCheck, parseCheck } from './check.js';
export { type Composed, loadComposed } from './composed.js';
export type { Facts } from './facts.js';
export type { Memo } from './memo.js';
export { digestOf } from './node.js';
export { operators } from './ops/index.js';
export { parseFormula, printFormula } from './parse.js';
export {
  type ColumnFacts,
  type CompileOptions,
  carried,
  compile,
  type Definition,
  evaluate,
  evaluateOn,
  evaluateUniverse,
  type Program,
  type ProgramColumn,
  readsOfColumns,
  SHOWN,
  type TableFacts,
} from './program.js';
export { callTree, childrenOf, namesIn, type Tree } from './tree.js';
