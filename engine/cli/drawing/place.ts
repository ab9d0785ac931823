import type { Layered, Vertex } from './layers.js';

/** How wide a vertex is, with the gap to the next. */
export type WidthOf = (vertex: Vertex) => number;

const ROUNDS = 80;
/** Between two bends a line wants to be straight most of all. */
const STRAIGHT = 8;

/** Where a vertex would like to be, and how much. */
interface Wish {
  readonly x: number;
  readonly weight: number;
}

/**
 * The x of the middle of every vertex: near the mean of its neighbours, in the order of its layer, never closer than the widths.
 * @returns by vertex id; the least left edge is 0.
 */
export function place(
  { layers, stretches }: Layered,
  widthOf: WidthOf,
): ReadonlyMap<string, number> {
  const x = new Map<string, number>();
  for (const layer of layers) pack(layer, () => ({ x: 0, weight: 1 }), widthOf, x);
  const near = neighbours(stretches);
  const wish = (vertex: Vertex): Wish => {
    const [sum, weight] = (near.get(vertex.id) ?? []).reduce(
      ([s, w], n) => [s + n.weight * (x.get(n.id) ?? 0), w + n.weight],
      [0, 0],
    );
    return weight === 0 ? { x: x.get(vertex.id) ?? 0, weight: 0.01 } : { x: sum / weight, weight };
  };
  for (let round = 0; round < ROUNDS; round++) {
    for (const layer of round % 2 === 0 ? layers : [...layers].reverse())
      pack(layer, wish, widthOf, x);
  }
  const left = Math.min(...layers.flat().map((v) => (x.get(v.id) ?? 0) - widthOf(v) / 2));
  return new Map([...x].map(([id, at]) => [id, at - left]));
}

/**
 * Place a layer as near to its wishes as the widths allow, in the sense of weighted least squares: neighbours that would overlap
 * form a block that moves as one (pool adjacent violators).
 */
function pack(
  layer: readonly Vertex[],
  wish: (vertex: Vertex) => Wish,
  widthOf: WidthOf,
  x: Map<string, number>,
): void {
  // With each vertex's offset in a fully packed layer taken away, "no overlap" says that places must not decrease.
  let offset = 0;
  const offsets = layer.map((vertex, i) => {
    const before = layer[i - 1];
    if (before) offset += (widthOf(before) + widthOf(vertex)) / 2;
    return offset;
  });
  const blocks: { sum: number; weight: number; count: number }[] = [];
  for (const [i, vertex] of layer.entries()) {
    const { x: at, weight } = wish(vertex);
    blocks.push({ sum: weight * (at - (offsets[i] ?? 0)), weight, count: 1 });
    for (
      let [a, b] = blocks.slice(-2);
      a && b && a.sum / a.weight > b.sum / b.weight;
      [a, b] = blocks.slice(-2)
    ) {
      const [sum, both, count] = [a.sum + b.sum, a.weight + b.weight, a.count + b.count];
      blocks.splice(-2, 2, { sum, weight: both, count });
    }
  }
  const values = blocks.flatMap((b) => Array.from({ length: b.count }, () => b.sum / b.weight));
  for (const [i, vertex] of layer.entries()) x.set(vertex.id, (values[i] ?? 0) + (offsets[i] ?? 0));
}

interface Near {
  readonly id: string;
  readonly weight: number;
}

function neighbours(stretches: Layered['stretches']): ReadonlyMap<string, readonly Near[]> {
  const near = new Map<string, Near[]>();
  const add = (a: string, b: Near) => {
    const list = near.get(a);
    if (list) list.push(b);
    else near.set(a, [b]);
  };
  for (const { from, to } of stretches) {
    const weight = from.bend && to.bend ? STRAIGHT : 1;
    add(from.id, { id: to.id, weight });
    add(to.id, { id: from.id, weight });
  }
  return near;
}
