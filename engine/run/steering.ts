import { checkReads } from '../expr/check.js';
import type { Check, Graph, Source, Stage } from '../graph/graph.js';
import type { Outputs } from '../plan/outcome.js';
import type { Key } from '../store/digest.js';
import type { Lost, Objects } from '../store/object.js';
import { objectsOf, type Stored } from '../store/stored.js';
import type { Memory } from './memory.js';

/** Columns of a table, or everything. */
type Seen = ReadonlySet<string> | 'all';

/**
 * What the engine itself reads to steer a run: columns in check formulas, tables that are dimensions, outputs that `carry` feeds
 * back. A result of an earlier run in which these are damaged counts as unknown, so that it is made anew before anybody asks.
 */
export class Steering {
  readonly #read = new Map<Stage, Map<string, Seen>>();
  readonly #carried = new Map<Stage, ReadonlySet<string>>();

  constructor(
    graph: Graph,
    readonly objects: Objects,
    readonly memory: Memory,
  ) {
    for (const stage of graph.stages) {
      const { repeat } = stage;
      for (const check of [...stage.when, ...stage.expect, ...(repeat ? [repeat.until] : [])])
        this.#check(stage, check);
      for (const { points } of stage.dims)
        if (points.kind === 'port') this.#add(points.source, 'all');
      if (repeat) this.#carried.set(stage, new Set(Object.values(repeat.carry)));
    }
  }

  /** Objects of a known result that a run needs to find its way, and that are not what they were. */
  lost(stage: Stage, key: Key, outputs: Outputs): readonly Lost[] {
    const read = [...(this.#read.get(stage) ?? [])].flatMap(([port, seen]) =>
      this.#unsound(outputs[port], seen),
    );
    const carried = [...(this.#carried.get(stage) ?? [])].flatMap((port) => {
      const stored = outputs[port];
      return stored ? this.memory.lost(key, stored) : [];
    });
    return [...read, ...carried];
  }

  #check(stage: Stage, check: Check): void {
    for (const [name, columns] of checkReads(check.tree)) {
      const means = check.names[name];
      if (means?.kind === 'out') this.#add({ stage, port: means.port }, new Set(columns));
      if (means?.kind === 'wire') this.#add(means.input.source, new Set(columns));
      if (means?.kind !== 'in') continue;
      for (const input of stage.inputs)
        if (input.port === means.port) this.#add(input.source, new Set(columns));
    }
  }

  #add({ stage, port }: Source, seen: Seen): void {
    const ports = this.#read.get(stage) ?? new Map<string, Seen>();
    const known = ports.get(port);
    const all = seen === 'all' || known === 'all';
    ports.set(port, all ? 'all' : new Set([...(known ?? []), ...seen]));
    this.#read.set(stage, ports);
    for (const gate of stage.when) {
      const other = gate.otherwise[port];
      if (other) this.#add(other, seen);
    }
  }

  #unsound(stored: Stored | undefined, seen: Seen): readonly Lost[] {
    if (!stored) return [];
    const there = stored.kind === 'frame' && new Set(stored.columns.map((c) => c.name));
    const columns = seen === 'all' || !there ? undefined : [...seen].filter((c) => there.has(c));
    return objectsOf(stored, columns).flatMap((hash): Lost[] => {
      const state = this.objects.verify(hash);
      return state === 'ok' ? [] : [{ state, hash }];
    });
  }
}
