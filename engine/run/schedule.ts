import type { Graph, Stage } from '../graph/graph.js';
import type { Entry } from '../plan/entry.js';

/** An item that took less than so many milliseconds is brief: telling a thread of it costs as much as its work. */
const BRIEF_MS = 2;
/** So many items of a stage have to be brief before the next ones are taken to be. */
const SURE = 8;
/** Of one thread, what a brief item counts for. */
const BRIEF_SHARE = 1 / 16;

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
  readonly #shares = new Map<Entry, number>();
  readonly #took = new Map<Stage, { count: number; milliseconds: number }>();
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
    const share = this.#shareOf(entry.stage);
    this.#shares.set(entry, share);
    this.#threads += share;
    this.#memory += entry.stage.resources.memory;
    return entry;
  }

  /** The part of one thread that a running item counts for, at most 1. */
  share(entry: Entry): number {
    return Math.min(1, this.#shares.get(entry) ?? 1);
  }

  /** @param milliseconds  how long it took, if it came to an end. */
  done(entry: Entry, milliseconds: number | undefined): void {
    this.#running -= 1;
    this.#threads -= this.#shares.get(entry) ?? 0;
    this.#memory -= entry.stage.resources.memory;
    this.#shares.delete(entry);
    if (milliseconds === undefined) return;
    const took = this.#took.get(entry.stage) ?? { count: 0, milliseconds: 0 };
    took.count += 1;
    took.milliseconds += milliseconds;
    this.#took.set(entry.stage, took);
  }

  /** Forget what has not started. */
  clear(): readonly Entry[] {
    const left = [...this.#queues.values()].flat();
    this.#queues.clear();
    this.#size = 0;
    return left;
  }

  #shareOf(stage: Stage): number {
    const { threads } = stage.resources;
    const took = this.#took.get(stage);
    // A stage with a time limit is timed from when its thread gets it, so its items never wait behind others.
    if (threads > 1 || stage.timeout !== undefined || !took || took.count < SURE) return threads;
    return took.milliseconds / took.count < BRIEF_MS ? BRIEF_SHARE : threads;
  }

  #fits(stage: Stage): boolean {
    const { resources } = stage;
    if (this.#running === 0) return true;
    return (
      this.#threads + this.#shareOf(stage) <= this.limits.threads &&
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
