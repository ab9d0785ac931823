import type { Place } from '../diag/diagnostic.js';

/** What a formula's text says, before anything is known of its names. */
export type Tree =
  | NumberTree
  | TextTree
  | FlagTree
  | MissingTree
  | ListTree
  | NameTree
  | ParamTree
  | CallTree
  | UnaryTree
  | BinaryTree;

/** Units that may stand on a number: rows, wall-clock time, and calendar spans of no fixed length. */
export const DURATION_UNITS = ['b', 's', 'm', 'h', 'd', 'w', 'mo', 'y'] as const;
export type DurationUnit = (typeof DURATION_UNITS)[number];

export interface NumberTree {
  readonly kind: 'number';
  /** Never negative: a minus sign is a `unary` node, also after binding. */
  readonly value: number;
  readonly unit?: DurationUnit;
  readonly place: Place;
}
export interface TextTree {
  readonly kind: 'text';
  readonly value: string;
  readonly place: Place;
}
export interface FlagTree {
  readonly kind: 'flag';
  readonly value: boolean;
  readonly place: Place;
}
export interface MissingTree {
  readonly kind: 'missing';
  readonly place: Place;
}
export interface ListTree {
  readonly kind: 'list';
  readonly items: readonly Tree[];
  readonly place: Place;
}
/** `close`, or `funding.rate` where `of` is what stands before the dot. */
export interface NameTree {
  readonly kind: 'name';
  readonly of?: string;
  readonly name: string;
  readonly place: Place;
}
export interface ParamTree {
  readonly kind: 'param';
  readonly name: string;
  readonly place: Place;
}
export interface CallTree {
  readonly kind: 'call';
  readonly op: string;
  readonly args: readonly Tree[];
  readonly named: readonly NamedArg[];
  readonly place: Place;
}
export interface NamedArg {
  readonly name: string;
  readonly value: Tree;
  readonly place: Place;
}
export type UnaryOp = '-' | 'not';
export interface UnaryTree {
  readonly kind: 'unary';
  readonly op: UnaryOp;
  readonly arg: Tree;
  readonly place: Place;
}
export type BinaryOp =
  | 'or'
  | 'and'
  | '<'
  | '<='
  | '>'
  | '>='
  | '=='
  | '!='
  | 'in'
  | '+'
  | '-'
  | '*'
  | '/'
  | '^';
export interface BinaryTree {
  readonly kind: 'binary';
  readonly op: BinaryOp;
  readonly left: Tree;
  readonly right: Tree;
  readonly place: Place;
}

/** The direct parts of a tree, in reading order. */
export function childrenOf(tree: Tree): readonly Tree[] {
  switch (tree.kind) {
    case 'list':
      return tree.items;
    case 'call':
      return [...tree.args, ...tree.named.map((n) => n.value)];
    case 'unary':
      return [tree.arg];
    case 'binary':
      return [tree.left, tree.right];
    default:
      return [];
  }
}

/** The tree with each of its direct parts exchanged. */
export function withParts(tree: Tree, exchange: (part: Tree) => Tree): Tree {
  switch (tree.kind) {
    case 'list':
      return { ...tree, items: tree.items.map(exchange) };
    case 'call': {
      const named = tree.named.map((n) => ({ ...n, value: exchange(n.value) }));
      return { ...tree, args: tree.args.map(exchange), named };
    }
    case 'unary':
      return { ...tree, arg: exchange(tree.arg) };
    case 'binary':
      return { ...tree, left: exchange(tree.left), right: exchange(tree.right) };
    default:
      return tree;
  }
}

/** Every name a tree mentions, dotted ones as `of.name`; words that are options of operators included. */
export function namesIn(tree: Tree): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (part: Tree): void => {
    if (part.kind === 'name') found.add(nameText(part));
    for (const child of childrenOf(part)) visit(child);
  };
  visit(tree);
  return found;
}

/** `close` or `funding.rate`. */
export function nameText(tree: NameTree): string {
  return tree.of === undefined ? tree.name : `${tree.of}.${tree.name}`;
}

/** A call made by code rather than read from text, e.g. the onset and cooldown that every event applies to its mask. */
export function callTree(op: string, args: readonly Tree[], place: Place): CallTree {
  return { kind: 'call', op, args, named: [], place };
}
