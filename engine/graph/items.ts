import type { Dimension, Point, Stage } from './graph.js';

/** One instance of a stage: a point for each of its dimensions. */
export interface Item {
  readonly index: number;
  readonly stage: Stage;
  /** Aligned with `stage.dims`. */
  readonly points: readonly Point[];
  /** `fold/winners@fast:3:log_mps_v4`. */
  readonly name: string;
}

/** One id a dimension: what a set of items has in common. Absent dimensions are free. */
export type Constraints = ReadonlyMap<Dimension, string>;

/** The items that exist so far, found by stage and by the points they share. */
export class Items {
  readonly all: Item[] = [];
  readonly #stages = new Map<Stage, StageItems>();

  add(stage: Stage, points: readonly Point[]): Item {
    const item = { index: this.all.length, stage, points, name: itemName(stage, points) };
    this.all.push(item);
    this.#of(stage).add(item);
    return item;
  }

  of(stage: Stage): readonly Item[] {
    return this.#of(stage).list;
  }

  /** Items of a stage whose points agree with the constraints, in order of creation. */
  match(stage: Stage, constraints: Constraints): readonly Item[] {
    return this.#of(stage).match(constraints);
  }

  #of(stage: Stage): StageItems {
    let found = this.#stages.get(stage);
    if (!found) {
      found = new StageItems(stage);
      this.#stages.set(stage, found);
    }
    return found;
  }
}

/** The items of one stage, indexed by each set of dimensions that was ever asked for. */
class StageItems {
  readonly list: Item[] = [];
  readonly #indexes = new Map<string, { dims: readonly number[]; items: Map<string, Item[]> }>();

  constructor(readonly stage: Stage) {}

  add(item: Item): void {
    this.list.push(item);
    for (const { dims, items } of this.#indexes.values()) insert(items, dims, item);
  }

  match(constraints: Constraints): readonly Item[] {
    const dims: number[] = [];
    let key = '';
    this.stage.dims.forEach((dimension, i) => {
      const id = constraints.get(dimension);
      if (id === undefined) return;
      dims.push(i);
      key += `${id}\n`;
    });
    if (dims.length === 0) return this.list;
    const name = dims.join();
    let index = this.#indexes.get(name);
    if (!index) {
      index = { dims, items: new Map() };
      for (const item of this.list) insert(index.items, dims, item);
      this.#indexes.set(name, index);
    }
    return index.items.get(key) ?? [];
  }
}

function insert(items: Map<string, Item[]>, dims: readonly number[], item: Item): void {
  let key = '';
  for (const i of dims) key += `${item.points[i]?.id}\n`;
  const found = items.get(key);
  if (found) found.push(item);
  else items.set(key, [item]);
}

/** `path@id:id`, or the bare path where a stage has no dimensions. */
export function itemName(stage: Stage, points: readonly Point[]): string {
  return points.length === 0 ? stage.path : `${stage.path}@${points.map((p) => p.id).join(':')}`;
}

/** Order of gathered items: integers by value before other ids, these by code units. */
export function compareIds(a: string, b: string): number {
  const [m, n] = [INTEGER.test(a), INTEGER.test(b)];
  if (m && n) return Number(a) - Number(b) || (a < b ? -1 : a > b ? 1 : 0);
  if (m !== n) return m ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
const INTEGER = /^-?(0|[1-9][0-9]{0,14})$/;
