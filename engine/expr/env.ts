import type { Place } from '../diag/diagnostic.js';
import type { Composed } from './composed.js';
import type { Facts } from './facts.js';
import type { Node } from './node.js';
import type { Tree } from './tree.js';
import type { Unit } from './unit.js';

/** A typed expression: the node that computes it, and its unit. */
export interface Typed {
  readonly node: Node;
  readonly unit: Unit;
}

/** Where an expression stands. */
export interface Env {
  /** Arguments and clauses of the composed operator being expanded; undefined outside of one. */
  readonly locals: Locals | undefined;
  /** The table that bare names refer to. */
  readonly root: string;
  /** The definition being typed, for what it uses and for messages. */
  readonly owner: Owner;
  /** The call in the user's formula that is being expanded. */
  readonly site: Tree | undefined;
  readonly depth: number;
  /** The groups of `by` whose rows are counted; undefined outside of one. */
  readonly group?: Group | undefined;
}
/** Groups of rows of a clock, as a clock of their own. */
export interface Group {
  readonly clock: string;
  /** The clock whose rows are grouped. */
  readonly of: string;
  readonly key: Node;
}
/** What the names of a composed operator's formula stand for. */
export interface Locals {
  readonly composed: Composed;
  find(name: string): Typed | undefined | 'unknown';
}

/** What is remembered of a definition while it is typed. */
export interface Owner {
  readonly id: string;
  /** The table its bare names refer to: `self`, but for `benchmark.feature` and its kin. */
  readonly root: string;
  /** Tables and columns it needs that are not there. */
  readonly needs: Set<string>;
  /** Definitions it uses. */
  readonly uses: Set<Owner>;
  /** Reads that may be refused later, with their places. */
  readonly marks: Mark[];
  failed: boolean;
  /** Composed operators that were expanded in it so far. */
  expanded: number;
}
/** A read that may be refused later. */
export interface Mark {
  readonly text: string;
  readonly place: Place;
  readonly facts: Facts;
  readonly ahead: number;
}
