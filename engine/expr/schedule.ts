import type { Node, OpNode } from './node.js';
import type { Program, ProgramColumn } from './program.js';

/** What must be computed for some columns, in order, and how many readers each value has. */
export interface Schedule {
  readonly nodes: readonly Node[];
  /** For each node of a bundle, the others that are needed too. */
  readonly waiting: ReadonlyMap<Node, readonly OpNode[]>;
  /** Readers by node; wanted columns count as one that never goes away. */
  readonly readers: Map<Node, number>;
}

/** The nodes below the wanted columns; inputs come first. */
export function scheduleOf(program: Program, wanted: readonly ProgramColumn[]): Schedule {
  const readers = new Map<Node, number>();
  const add = (node: Node): void => {
    readers.set(node, (readers.get(node) ?? 0) + 1);
  };
  for (const { node } of wanted) add(node);
  for (const node of [...program.nodes].reverse())
    if (readers.has(node) && node.kind === 'op')
      for (const { node: input } of node.inputs) add(input);
  const nodes = program.nodes.filter((node) => readers.has(node));
  return { nodes, waiting: waitingIn(nodes), readers };
}

/** Note that a node has read its inputs; gives those that nobody reads any more. */
export function readBy(node: Node, readers: Map<Node, number>): readonly Node[] {
  if (node.kind !== 'op') return [];
  const done: Node[] = [];
  for (const { node: input } of node.inputs) {
    const left = (readers.get(input) ?? 0) - 1;
    readers.set(input, left);
    if (left === 0) done.push(input);
  }
  return done;
}

function waitingIn(nodes: readonly Node[]): ReadonlyMap<Node, readonly OpNode[]> {
  const groups = new Map<string, OpNode[]>();
  const waiting = new Map<Node, readonly OpNode[]>();
  for (const node of nodes) {
    if (node.kind !== 'op' || node.op.bundle === undefined) continue;
    const { family, key } = node.op.bundle;
    const name = `${family}|${node.inputs[0]?.node.id}|${key(node.constants)}`;
    const group = groups.get(name) ?? [];
    group.push(node);
    groups.set(name, group);
    waiting.set(node, group);
  }
  return waiting;
}
