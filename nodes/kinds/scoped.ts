import type { Definition, Formula, Tree } from '../../engine/sdk/index.js';

/** The parts of a formula spec that name each other. */
interface Clauses {
  readonly id: string;
  readonly let: Readonly<Record<string, Formula>>;
}

/**
 * The named clauses of a spec as definitions, under names that no other spec can meet, and a function that rewrites a tree
 * to use them.
 */
export function scoped(spec: Clauses): {
  readonly clauses: readonly Definition[];
  readonly inside: (tree: Tree) => Tree;
} {
  const names = new Map(Object.keys(spec.let).map((name) => [name, `${spec.id}:${name}`]));
  const inside = (tree: Tree): Tree => renamed(tree, names);
  const clauses = Object.entries(spec.let).map(([name, { tree }]) => ({
    id: `${spec.id}:${name}`,
    tree: inside(tree),
    place: tree.place,
    clause: true,
  }));
  return { clauses, inside };
}

/** The tree with bare names exchanged. */
function renamed(tree: Tree, names: ReadonlyMap<string, string>): Tree {
  const deeper = (inner: Tree) => renamed(inner, names);
  switch (tree.kind) {
    case 'name': {
      const name = tree.of === undefined ? names.get(tree.name) : undefined;
      return name === undefined ? tree : { ...tree, name };
    }
    case 'list':
      return { ...tree, items: tree.items.map(deeper) };
    case 'call': {
      const named = tree.named.map((arg) => ({ ...arg, value: deeper(arg.value) }));
      return { ...tree, args: tree.args.map(deeper), named };
    }
    case 'unary':
      return { ...tree, arg: deeper(tree.arg) };
    case 'binary':
      return { ...tree, left: deeper(tree.left), right: deeper(tree.right) };
    default:
      return tree;
  }
}
