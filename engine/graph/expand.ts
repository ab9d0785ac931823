import { keyOf } from './binding.js';
import type { Binding, Dimension, Point, Stage } from './graph.js';
import type { Constraints, Item, Items } from './items.js';

/** What the expansion asks of its owner: points that come out of a run, and a place for new items. */
export interface ExpandHost {
  readonly items: Items;
  /** Points of a dimension that is read from a port: known, or not before this item has ended, or none because it failed. */
  portPoints(
    dimension: Dimension,
    binding: Binding,
  ): readonly Point[] | { readonly after: Item } | 'none';
  /** Does the point pass the dimension's `where:`? */
  admits(dimension: Dimension, binding: Binding): boolean;
  created(item: Item): void;
}

interface Pending {
  readonly stage: Stage;
  readonly points: readonly Point[];
}

/** Makes the items of stages from the points of their dimensions, as these become known. */
export class Expansion {
  readonly #pending = new Map<Item, Pending[]>();
  readonly #open = new Map<Stage, Set<Pending>>();
  readonly #points = new Map<Dimension, Map<string, readonly Point[]>>();

  constructor(readonly host: ExpandHost) {}

  /** Make all items of a stage that can be made now. */
  start(stage: Stage): void {
    this.#grow({ stage, points: [] });
  }

  /** An item has ended: make what waited for its points. Returns whether anything did. */
  resume(ended: Item): boolean {
    const waiting = this.#pending.get(ended);
    if (!waiting) return false;
    this.#pending.delete(ended);
    for (const pending of waiting) {
      this.#open.get(pending.stage)?.delete(pending);
      this.#grow(pending);
    }
    return true;
  }

  /** May more items of the stage appear that agree with the constraints? */
  open(stage: Stage, constraints: Constraints): boolean {
    for (const pending of this.#open.get(stage) ?? []) {
      const clash = pending.points.some((point, i) => {
        const dimension = stage.dims[i];
        const id = dimension && constraints.get(dimension);
        return id !== undefined && id !== point.id;
      });
      if (!clash) return true;
    }
    return false;
  }

  /** Items whose end would make more items of a stage, sorted by name. */
  *awaited(): Iterable<{
    readonly after: Item;
    readonly stage: Stage;
    readonly dimension: Dimension;
  }> {
    for (const [after, list] of this.#pending) {
      for (const { stage, points } of list) {
        const dimension = stage.dims[points.length];
        if (dimension) yield { after, stage, dimension };
      }
    }
  }

  #grow(from: Pending): void {
    const { stage, points } = from;
    const dimension = stage.dims[points.length];
    if (!dimension) {
      this.host.created(this.host.items.add(stage, points));
      return;
    }
    const binding = new Map<Dimension, Point>();
    points.forEach((point, i) => {
      const bound = stage.dims[i];
      if (bound) binding.set(bound, point);
    });
    const next = this.#pointsOf(dimension, binding);
    if (next === 'none') return;
    if ('after' in next) {
      this.#wait(next.after, from);
      return;
    }
    for (const point of next) this.#grow({ stage, points: [...points, point] });
  }

  #wait(after: Item, pending: Pending): void {
    const list = this.#pending.get(after);
    if (list) list.push(pending);
    else this.#pending.set(after, [pending]);
    const open = this.#open.get(pending.stage);
    if (open) open.add(pending);
    else this.#open.set(pending.stage, new Set([pending]));
  }

  /** The points of a dimension; each is one object however many stages have it. */
  #pointsOf(
    dimension: Dimension,
    binding: Binding,
  ): readonly Point[] | { readonly after: Item } | 'none' {
    let known = this.#points.get(dimension);
    if (!known) {
      known = new Map();
      this.#points.set(dimension, known);
    }
    const key = keyOf(binding, dimension.depends);
    const found = known.get(key);
    if (found) return found;
    const all =
      dimension.points.kind === 'static'
        ? dimension.points.at(binding)
        : this.host.portPoints(dimension, binding);
    if (all === 'none' || 'after' in all) return all;
    const admitted = dimension.where
      ? all.filter((point) => this.host.admits(dimension, new Map(binding).set(dimension, point)))
      : all;
    known.set(key, admitted);
    return admitted;
  }
}
