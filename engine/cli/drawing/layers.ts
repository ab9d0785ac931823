import type { Drawing } from './drawing.js';

/*
 * A layered drawing, after Sugiyama, Tagawa & Toda (1981), Methods for Visual Understanding of Hierarchical System Structures:
 *
 *   1. every box one layer below the lowest box it takes from; sources move down to their first consumer
 *   2. an arrow over several layers gets a bend in each layer between
 *   3. layers are ordered by the mean place of their neighbours, downwards and upwards; the order with fewest crossings stays
 */

/** A box, or a bend of a long arrow. */
export interface Vertex {
  readonly id: string;
  readonly layer: number;
  readonly bend: boolean;
}

/** A stretch of an arrow from one layer to the next. */
export interface Stretch {
  readonly from: Vertex;
  readonly to: Vertex;
}

export interface Layered {
  /** Top to bottom, each left to right. */
  readonly layers: readonly (readonly Vertex[])[];
  readonly stretches: readonly Stretch[];
  /** For each arrow of the drawing, the vertices it goes through. */
  readonly routes: readonly (readonly Vertex[])[];
}

const SWEEPS = 12;

/** Layers, bends and order of a drawing; the same drawing gives the same picture. */
export function layered(drawing: Drawing): Layered {
  const layerOf = assign(drawing);
  const layers: Vertex[][] = Array.from({ length: Math.max(0, ...layerOf.values()) + 1 }, () => []);
  const vertices = new Map<string, Vertex>();
  const add = (id: string, layer: number, bend: boolean) => {
    const vertex = { id, layer, bend };
    layers[layer]?.push(vertex);
    vertices.set(id, vertex);
    return vertex;
  };
  for (const { id } of drawing.boxes) add(id, layerOf.get(id) ?? 0, false);
  const routes = drawing.arrows.flatMap(({ from, to }, i) => {
    const [a, b] = [vertices.get(from), vertices.get(to)];
    if (!a || !b) return [];
    const bends = Array.from({ length: Math.max(0, b.layer - a.layer - 1) }, (_, k) =>
      add(`arrow ${i} ${k}`, a.layer + 1 + k, true),
    );
    return [[a, ...bends, b]];
  });
  const stretches = routes.flatMap((route) =>
    route.slice(1).map((to, i) => ({ from: route[i] ?? to, to })),
  );
  return { layers: ordered(layers, stretches), stretches, routes };
}

function assign({ boxes, arrows }: Drawing): ReadonlyMap<string, number> {
  const layer = new Map<string, number>();
  for (const { id } of boxes) {
    const above = arrows.filter((a) => a.to === id).map((a) => layer.get(a.from) ?? 0);
    layer.set(id, above.length === 0 ? 0 : Math.max(...above) + 1);
  }
  for (const { id } of boxes) {
    const below = arrows.filter((a) => a.from === id).map((a) => layer.get(a.to) ?? 0);
    if (below.length > 0 && !arrows.some((a) => a.to === id))
      layer.set(id, Math.max(0, Math.min(...below) - 1));
  }
  return layer;
}

function ordered(
  start: readonly (readonly Vertex[])[],
  stretches: readonly Stretch[],
): readonly (readonly Vertex[])[] {
  let layers = start.map((layer) => [...layer]);
  let best = layers;
  let least = crossings(layers, stretches);
  for (let sweep = 0; sweep < SWEEPS && least > 0; sweep++) {
    layers = swept(layers, stretches, sweep % 2 === 0);
    const count = crossings(layers, stretches);
    if (count < least) [best, least] = [layers, count];
  }
  return best;
}

function swept(
  layers: readonly Vertex[][],
  stretches: readonly Stretch[],
  down: boolean,
): Vertex[][] {
  const made = layers.map((layer) => [...layer]);
  const indexes = made.map((_, i) => i).slice(1);
  for (const i of down ? indexes : indexes.map((k) => k - 1).reverse()) {
    const place = places(made[down ? i - 1 : i + 1] ?? []);
    const own = places(made[i] ?? []);
    const mean = new Map<string, number>();
    for (const vertex of made[i] ?? []) {
      const near = stretches.flatMap(({ from, to }) =>
        down
          ? to.id === vertex.id
            ? [place.get(from.id)]
            : []
          : from.id === vertex.id
            ? [place.get(to.id)]
            : [],
      );
      const known = near.filter((p) => p !== undefined);
      mean.set(
        vertex.id,
        known.length === 0
          ? (own.get(vertex.id) ?? 0)
          : known.reduce((s, p) => s + p, 0) / known.length,
      );
    }
    made[i]?.sort(
      (a, b) =>
        (mean.get(a.id) ?? 0) - (mean.get(b.id) ?? 0) ||
        (own.get(a.id) ?? 0) - (own.get(b.id) ?? 0),
    );
  }
  return made;
}

function crossings(layers: readonly (readonly Vertex[])[], stretches: readonly Stretch[]): number {
  let count = 0;
  for (const [i, layer] of layers.entries()) {
    const [above, below] = [places(layer), places(layers[i + 1] ?? [])];
    const lines = stretches
      .filter(({ from }) => from.layer === i)
      .map(({ from, to }) => [above.get(from.id) ?? 0, below.get(to.id) ?? 0] as const);
    for (const [k, [a, b]] of lines.entries()) {
      for (const [c, d] of lines.slice(k + 1)) if ((a - c) * (b - d) < 0) count++;
    }
  }
  return count;
}

function places(layer: readonly Vertex[]): ReadonlyMap<string, number> {
  return new Map(layer.map(({ id }, i) => [id, i]));
}
