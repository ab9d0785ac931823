import { allFinite, sameSize } from './guard.js';
import type { Matrix } from './matrix.js';

/** How the distance to a merged cluster follows from the distances to its two parts. */
export type LinkageMethod = 'ward' | 'single' | 'complete' | 'average';

/** One merge. Items are nodes 0 … n−1; the k-th merge makes node n + k. */
export interface Merge {
  /** The lower node number of the two. */
  readonly left: number;
  readonly right: number;
  readonly height: number;
  /** Items in the new cluster. */
  readonly size: number;
}

/** A hierarchical clustering of `items` items, in order of merging. */
export interface Tree {
  readonly items: number;
  readonly merges: readonly Merge[];
}

/**
 * Agglomerative clustering of a distance matrix. Equal distances are settled by the lowest node number, then the
 * lowest other one, so that the tree is the same on every machine.
 * @param distance  N × N, symmetric, diagonal 0; Ward takes it as Euclidean
 * @returns         N − 1 merges, heights never falling
 * @throws          math/sizes-differ, math/not-finite
 * @see             Lance & Williams (1967), Computer Journal 9; Ward (1963), JASA 58
 */
export function linkage(distance: Matrix, method: LinkageMethod): Tree {
  sameSize('the rows and columns of a distance matrix', distance.rows, distance.cols);
  allFinite('a distance matrix', distance.values);
  const n = distance.rows;
  // A merged cluster takes the slot of its left part; `open` lists the slots in use by rising node number.
  const away = distance.values.slice();
  const sizes = new Float64Array(n).fill(1);
  const nodes = Int32Array.from({ length: n }, (_, i) => i);
  const open = Array.from(nodes);
  const merges: Merge[] = [];
  while (open.length > 1) {
    const { first, second, height } = nearest(open, away, n);
    const [gone = 0] = open.splice(second, 1);
    const [slot = 0] = open.splice(first, 1);
    const update = updater(method, sizes[slot] ?? NaN, sizes[gone] ?? NaN, height);
    for (const other of open) {
      const toLeft = away[slot * n + other] ?? NaN;
      const toRight = away[gone * n + other] ?? NaN;
      const d = update(toLeft, toRight, sizes[other] ?? NaN);
      away[slot * n + other] = d;
      away[other * n + slot] = d;
    }
    const size = (sizes[slot] ?? NaN) + (sizes[gone] ?? NaN);
    merges.push({ left: nodes[slot] ?? NaN, right: nodes[gone] ?? NaN, height, size });
    sizes[slot] = size;
    nodes[slot] = n + merges.length - 1;
    open.push(slot);
  }
  return { items: n, merges };
}

/** The closest two; `open` is in order of node numbers, so the first of equals is the lowest. */
function nearest(open: readonly number[], away: Float64Array, n: number) {
  let [first, second, height] = [0, 1, Infinity];
  for (let a = 0; a < open.length; a++) {
    const row = (open[a] ?? 0) * n;
    for (let b = a + 1; b < open.length; b++) {
      const d = away[row + (open[b] ?? 0)] ?? NaN;
      if (d < height) [first, second, height] = [a, b, d];
    }
  }
  return { first, second, height };
}

/** How far another cluster is from two that have just merged at `height`, from how far it was from each. */
function updater(method: LinkageMethod, left: number, right: number, height: number) {
  return (toLeft: number, toRight: number, other: number): number => {
    switch (method) {
      case 'single':
        return Math.min(toLeft, toRight);
      case 'complete':
        return Math.max(toLeft, toRight);
      case 'average':
        return (left * toLeft + right * toRight) / (left + right);
      case 'ward': {
        const near = (left + other) * toLeft * toLeft + (right + other) * toRight * toRight;
        return Math.sqrt(Math.max(0, (near - other * height * height) / (left + right + other)));
      }
    }
  };
}

/** Items from left to right: the lower node number of every merge stands left. */
export function leafOrder(tree: Tree): Int32Array {
  const out: number[] = [];
  const stack = tree.items > 0 ? [tree.items + tree.merges.length - 1] : [];
  while (stack.length > 0) {
    const node = stack.pop() ?? 0;
    const merge = tree.merges[node - tree.items];
    if (merge === undefined) out.push(node);
    else stack.push(merge.right, merge.left);
  }
  return Int32Array.from(out);
}

/** Where to cut a tree. */
export interface Cut {
  /** Merges up to this height hold. */
  readonly height: number;
  /** If that leaves more clusters than this, cut at the least height that does not. */
  readonly atMost?: number | undefined;
}

/** The cluster of each item, numbered 0, 1, … by its first member. */
export function cutTree(tree: Tree, { height, atMost = Infinity }: Cut): Int32Array {
  const heights = tree.merges.map((merge) => merge.height);
  const clusters = (at: number) => tree.items - heights.filter((h) => h <= at).length;
  let at = height;
  if (clusters(at) > atMost) {
    const enough = heights.filter((h) => clusters(h) <= atMost);
    at = enough.reduce((least, h) => Math.min(least, h), Infinity);
  }
  const parent = Array.from({ length: tree.items + tree.merges.length }, (_, i) => i);
  for (const [k, merge] of tree.merges.entries()) {
    if (merge.height > at) continue;
    parent[merge.left] = tree.items + k;
    parent[merge.right] = tree.items + k;
  }
  const names = new Map<number, number>();
  return Int32Array.from({ length: tree.items }, (_, item) => {
    let root = item;
    while (parent[root] !== root) root = parent[root] ?? root;
    const name = names.get(root) ?? names.size;
    names.set(root, name);
    return name;
  });
}
