import type { Binding, Dimension } from './graph.js';

/** Every combination of points that is known without running; dimensions that a run must find stay out. */
export function staticBindings(dims: readonly Dimension[]): readonly Binding[] {
  let bindings: Binding[] = [new Map()];
  for (const dimension of dims) {
    const { points, depends } = dimension;
    if (points.kind === 'port') continue;
    bindings = bindings.flatMap((b) =>
      depends.some((d) => !b.has(d))
        ? [b]
        : points.at(b).map((point) => new Map(b).set(dimension, point)),
    );
  }
  return bindings;
}

/** The first point of each dimension that has points without running. */
export function firstBinding(dims: readonly Dimension[]): Binding {
  let binding: Binding = new Map();
  for (const dimension of dims) {
    const { points, depends } = dimension;
    if (points.kind === 'port' || depends.some((d) => !binding.has(d))) continue;
    const [first] = points.at(binding);
    if (first) binding = new Map(binding).set(dimension, first);
  }
  return binding;
}
