import type { Graph, Stage } from '../graph/graph.js';
import type { Entry } from '../plan/entry.js';

/** What the machine has for tasks. */
export interface Limits {
  readonly threads: number;
  /** Bytes. */
  readonly memory: number;
}

/**
 * Chooses what runs next: the item whose chain of work to the end of the pipeline is longest, as long as threads and memory
 * allow. An item that wants more than there is runs alone.
 */
export class Schedule {
  /** Worked out when the first item comes up: a run that finds all results known has none. */
  #rank: ReadonlyMap<Stage, number> | undefined;
  readonly #queues = new Map<Stage, Entry[]>();
  #threads = 0;
  #memory = 0;
  #running = 0;
  #size = 0;

  /** @param seconds  expected duration of an item by its stage's path, from earlier runs. */
  constructor(
    readonly graph: Graph,
    readonly limits: Limits,
    readonly seconds: () => ReadonlyMap<string, number>,
  ) {}

  get running(): number {
    return this.#running;
  }
  get waiting(): number {
    return this.#size;
  }

  add(entry: Entry): void {
    this.#rank ??= criticalPath(this.graph, this.seconds());
    const queue = this.#queues.get(entry.stage);
    if (queue) queue.push(entry);
    else this.#queues.set(entry.stage, [entry]);
    this.#size += 1;
  }

  /** The next item that fits now, which then counts as running until `done`. */
  next(): Entry | undefined {
    let best: Stage | undefined;
    for (const [stage, queue] of this.#queues) {
      if (queue.length === 0 || !this.#fits(stage)) continue;
      if (!best || this.#before(stage, best)) best = stage;
    }
    const entry = best && this.#queues.get(best)?.shift();
    if (!entry) return undefined;
    this.#size -= 1;
    this.#running += 1;
    this.#threads += entry.stage.resources.threads;
    this.#memory += entry.stage.resources.memory;
    return entry;
  }

  done(entry: Entry): void {
    this.#running -= 1;
    this.#threads -= entry.stage.resources.threads;
    this.#memory -= entry.stage.resources.memory;
  }

  /** Forget what has not started. */
  clear(): readonly Entry[] {
    const left = [...this.#queues.values()].flat();
    this.#queues.clear();
    this.#size = 0;
    return left;
  }

  #fits({ resources }: Stage): boolean {
    if (this.#running === 0) return true;
    return (
      this.#threads + resources.threads <= this.limits.threads &&
      this.#memory + resources.memory <= this.limits.memory
    );
  }

  #before(a: Stage, b: Stage): boolean {
    const [p, q] = [this.#rank?.get(a) ?? 0, this.#rank?.get(b) ?? 0];
    return p !== q ? p > q : a.path < b.path;
  }
}

/** For every stage the seconds from its start to the end of the longest chain that follows it. */
export function criticalPath(
  graph: Graph,
  seconds: ReadonlyMap<string, number>,
): ReadonlyMap<Stage, number> {
  const rank = new Map<Stage, number>();
  for (const stage of [...graph.stages].reverse()) {
    const own = (rank.get(stage) ?? 0) + (seconds.get(stage.path) ?? DEFAULT_SECONDS);
    rank.set(stage, own);
    const sources = [...stage.inputs.map((i) => i.source.stage), ...stage.after];
    for (const source of sources) rank.set(source, Math.max(rank.get(source) ?? 0, own));
  }
  return rank;
}
const DEFAULT_SECONDS = 0.1;
