import type { Binding, Dimension, Point } from '../graph/graph.js';
import type { Item, Items } from '../graph/items.js';
import type { Stored } from '../store/stored.js';
import type { EntryOf } from './entry.js';
import { ended } from './outcome.js';

/**
 * The points of a dimension that stands for the rows of a table: what they are, the item after which they are known, or none
 * where that item gives nothing.
 */
export function portPoints(
  dimension: Dimension,
  binding: Binding,
  items: Items,
  entryOf: EntryOf,
  pointsOf: (dimension: Dimension, stored: Stored) => readonly Point[],
): readonly Point[] | { readonly after: Item } | 'none' {
  if (dimension.points.kind !== 'port') return 'none';
  const { stage, port } = dimension.points.source;
  const shared = new Map(
    stage.dims.flatMap((d): [Dimension, string][] => {
      const id = binding.get(d)?.id;
      return id === undefined ? [] : [[d, id]];
    }),
  );
  const item = items.match(stage, shared)[0];
  if (!item) return 'none';
  const { state } = entryOf(item);
  if (state.kind === 'given') {
    const stored = state.outputs[port];
    return stored ? pointsOf(dimension, stored) : 'none';
  }
  return ended(state) && state.kind !== 'pending' ? 'none' : { after: item };
}
