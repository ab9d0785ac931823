import type { Expansion } from '../graph/expand.js';
import type { Stage } from '../graph/graph.js';
import type { Constraints, Item, Items } from '../graph/items.js';
import { commonConstraints, constraintsOf, type Entry } from './entry.js';
import { ended } from './outcome.js';

interface Waiter {
  readonly entry: Entry;
  readonly constraints: Constraints;
}

/** Counts for every item what it still waits for, also where its producers do not exist yet. */
export class Wiring {
  readonly #waiters = new Map<Stage, Waiter[]>();

  constructor(
    readonly items: Items,
    readonly expansion: Expansion,
    readonly entryOf: (item: Item) => Entry,
  ) {}

  /** Tie a new item to its producers. */
  attach(entry: Entry): void {
    const { inputs, after, when } = entry.stage;
    const wires = when.flatMap((gate) =>
      Object.values(gate.names).flatMap((n) => (n.kind === 'wire' ? [n.input] : [])),
    );
    const others = when.flatMap((gate) =>
      Object.values(gate.otherwise).map((source) => source.stage),
    );
    for (const input of [...inputs, ...wires])
      this.#want(input.source.stage, { entry, constraints: constraintsOf(entry, input) });
    for (const stage of new Set([...after, ...others]))
      this.#want(stage, { entry, constraints: commonConstraints(entry, stage) });
  }

  /** New items of some stages exist: tie the consumers that waited for the set to be complete. Returns those now ready. */
  settle(): readonly Entry[] {
    const ready: Entry[] = [];
    for (const [stage, waiters] of this.#waiters) {
      const still = waiters.filter((w) => this.expansion.open(stage, w.constraints));
      if (still.length === waiters.length) continue;
      const kept = new Set(still);
      for (const waiter of waiters) {
        if (kept.has(waiter)) continue;
        this.#tie(stage, waiter);
        waiter.entry.waiting -= 1;
        if (waiter.entry.waiting === 0) ready.push(waiter.entry);
      }
      if (still.length > 0) this.#waiters.set(stage, still);
      else this.#waiters.delete(stage);
    }
    return ready;
  }

  #want(stage: Stage, waiter: Waiter): void {
    if (!this.expansion.open(stage, waiter.constraints)) {
      this.#tie(stage, waiter);
      return;
    }
    waiter.entry.waiting += 1;
    const waiters = this.#waiters.get(stage);
    if (waiters) waiters.push(waiter);
    else this.#waiters.set(stage, [waiter]);
  }

  #tie(stage: Stage, { entry, constraints }: Waiter): void {
    for (const item of this.items.match(stage, constraints)) {
      const producer = this.entryOf(item);
      if (ended(producer.state)) continue;
      entry.waiting += 1;
      producer.dependents.push(entry);
    }
  }
}
