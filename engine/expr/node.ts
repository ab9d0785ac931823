import { hash } from 'node:crypto';
import { Constants } from './constants.js';
import { CONSTANT_FACTS, type Facts } from './facts.js';
import type { Operator } from './op.js';
import type { Constant, ValueType } from './types.js';

/** One value of a program. Equal expressions are one node, whichever formula they stand in. */
export type Node = ConstantNode | ColumnNode | SymbolNode | OpNode;

interface Common {
  /** Position in the program: inputs come before what reads them. */
  readonly id: number;
  readonly type: ValueType;
  readonly facts: Facts;
  /** What the value is, without regard to the program it stands in; its hash is `digestOf`. */
  readonly key: string;
}
export interface ConstantNode extends Common {
  readonly kind: 'constant';
  /** Undefined for `missing`. */
  readonly value: number | boolean | string | undefined;
}
export interface ColumnNode extends Common {
  readonly kind: 'column';
  /** A table, or `@` and the id of another symbol. */
  readonly table: string;
  readonly column: string;
}
/** The id of the item, as text. */
export interface SymbolNode extends Common {
  readonly kind: 'symbol';
}
export interface OpNode extends Common {
  readonly kind: 'op';
  readonly op: Operator;
  readonly inputs: readonly NodeInput[];
  readonly constants: Constants;
  readonly table: string | undefined;
}
export interface NodeInput {
  readonly slot: string;
  readonly node: Node;
}

/** Makes nodes, each once. */
export class NodeTable {
  readonly #known = new Map<string, Node>();
  readonly #nodes: Node[] = [];

  get all(): readonly Node[] {
    return this.#nodes;
  }

  constant(value: number | boolean | string | undefined, type: ValueType): Node {
    const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
    return this.#once(`${type}:${text}`, (id, key) => ({
      kind: 'constant',
      id,
      key,
      type,
      value,
      facts: CONSTANT_FACTS,
    }));
  }

  column(table: string, column: string, type: ValueType, facts: Facts): Node {
    return this.#once(`column:${table}.${column}`, (id, key) => ({
      kind: 'column',
      id,
      key,
      type,
      table,
      column,
      facts,
    }));
  }

  symbol(facts: Facts): Node {
    return this.#once('symbol', (id, key) => ({ kind: 'symbol', id, key, type: 'text', facts }));
  }

  op(
    op: Operator,
    type: ValueType,
    inputs: readonly NodeInput[],
    constants: Constants,
    table: string | undefined,
    facts: Facts,
  ): Node {
    const from = inputs.map((i) => `${i.slot}=${i.node.id}`).join(',');
    const key = `${op.name}(${from};${constants.text};${table ?? ''})`;
    return this.#once(key, (id) => ({
      kind: 'op',
      id,
      key,
      type,
      op,
      inputs,
      constants,
      table,
      facts,
    }));
  }

  #once(key: string, make: (id: number, key: string) => Node): Node {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const node = make(this.#nodes.length, key);
    this.#known.set(key, node);
    this.#nodes.push(node);
    return node;
  }
}

/** No constant arguments. */
export const NO_CONSTANTS = new Constants(new Map<string, Constant>());

const digests = new WeakMap<Node, string>();

/** SHA-256 of what a node computes, in terms of columns: equal in any program that computes the same. */
export function digestOf(node: Node): string {
  // Without recursion: definitions may use each other in chains of any length.
  const open: Node[] = [node];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const inputs = top.kind === 'op' ? top.inputs.map((i) => i.node) : [];
    const waiting = digests.has(top) ? [] : inputs.filter((i) => !digests.has(i));
    if (waiting.length > 0) {
      open.push(...waiting);
      continue;
    }
    open.pop();
    if (!digests.has(top)) digests.set(top, sha256(ownText(top)));
  }
  return digestFrom(node);
}

function digestFrom(node: Node): string {
  const digest = digests.get(node);
  if (digest === undefined) throw new Error(`The node ${node.key} has no digest yet.`);
  return digest;
}

/** What a node computes, with its inputs by their digests. */
function ownText(node: Node): string {
  if (node.kind !== 'op') return node.key;
  const from = node.inputs.map((i) => `${i.slot}=${digestFrom(i.node)}`).join(',');
  return `${node.op.name}(${from};${node.constants.text};${node.table ?? ''})`;
}

function sha256(text: string): string {
  return hash('sha256', text);
}
