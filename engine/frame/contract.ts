/** Contracts of tables: what they say, how they are read, and whether a frame keeps one. */

export { type Breach, check, describe } from './check.js';
export { readContract } from './declare.js';
export type { Absent, Available, ColumnRule, Contract, Spacing } from './rules.js';
