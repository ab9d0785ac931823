import { digestOf, type Node, type OpNode } from './node.js';
import type { Program } from './program.js';
import type { Series } from './types.js';
import { SELF } from './world.js';

/** Results of costly expressions, shared by items that read the same columns. Entries must never be written to. */
export interface Memo {
  get(key: string): Series | undefined;
  set(key: string, series: Series): void;
  /** Content digest of an input column; undefined where it is not known, and then nothing is remembered. */
  column(table: string, column: string): string | undefined;
}

/** What a costly node computes from which bytes; undefined for what is not worth remembering. */
export function memoKey(
  node: OpNode,
  program: Program,
  memo: Memo | undefined,
): string | undefined {
  if (memo === undefined || !node.op.costly) return undefined;
  const parts: string[] = [digestOf(node)];
  for (const leaf of leavesOf(node, program)) {
    const dot = leaf.indexOf('.');
    const digest = memo.column(leaf.slice(0, dot), leaf.slice(dot + 1));
    if (digest === undefined) return undefined;
    parts.push(digest);
  }
  return parts.join(':');
}

const known = new WeakMap<Node, readonly string[]>();

/** The columns below a node as `table.column`, sorted; the times of its clocks included. */
function leavesOf(node: Node, program: Program): readonly string[] {
  const found = known.get(node);
  if (found !== undefined) return found;
  const leaves = new Set<string>();
  const seen = new Set<Node>([node]);
  // A set hands out what is added while it is walked.
  for (const next of seen) {
    for (const leaf of readBy(next, program)) leaves.add(leaf);
    if (next.kind === 'op') for (const input of next.inputs) seen.add(input.node);
  }
  const sorted = [...leaves].sort();
  known.set(node, sorted);
  return sorted;
}

/** What one node reads by itself. */
function readBy(node: Node, program: Program): readonly string[] {
  const home = node.facts.clock === undefined ? undefined : program.clocks.get(node.facts.clock);
  const times = home === undefined ? [] : timesOf(home.table, program);
  // The item's id is an input too: it stands for itself.
  if (node.kind === 'symbol') return [...times, `${SELF}.symbol`];
  if (node.kind === 'column')
    return [...times, ...timesOf(node.table, program), `${node.table}.${node.column}`];
  if (node.kind !== 'op' || node.table === undefined) return times;
  return [...times, ...timesOf(node.table, program)];
}

/** The columns that say when rows are, and when they are there. */
function timesOf(table: string, program: Program): readonly string[] {
  const available = program.tables.get(table)?.available;
  return [`${table}.ts`, ...(available === undefined ? [] : [`${table}.${available}`])];
}
