import type { Binding, Dimension, Point, Stage } from './graph.js';

/** The binding of an item: its stage's dimensions and its points. */
export function bindingOf(stage: Stage, points: readonly Point[]): Binding {
  const binding = new Map<Dimension, Point>();
  points.forEach((point, i) => {
    const dimension = stage.dims[i];
    if (dimension) binding.set(dimension, point);
  });
  return binding;
}

/** The ids a binding gives to some dimensions, as one text; equal texts mean equal points. */
export function keyOf(binding: Binding, dims: readonly Dimension[]): string {
  if (dims.length === 0) return '';
  if (dims.length === 1 && dims[0]) return binding.get(dims[0])?.id ?? '';
  return dims.map((dimension) => binding.get(dimension)?.id ?? '').join('\n');
}
