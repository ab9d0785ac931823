import { Worker } from 'node:worker_threads';
import type { Arena, Lease } from '../../frame/arena.js';
import type { Key } from '../../store/digest.js';
import type { FromWorker, LeasedTask, ToWorker, WorkerSettings } from '../messages.js';
import type { Task, TaskResult } from '../task.js';

/** A task that was handed to the executor, and who waits for its result. */
export interface Submitted {
  readonly task: Task;
  readonly leases: readonly Lease[];
  settle(result: TaskResult): void;
}

export interface ThreadSettings extends WorkerSettings {
  readonly script: URL;
  readonly arena: Arena;
  /** Heap of one thread in MiB. */
  readonly heap: number;
}

/** Who is told what becomes of a thread. */
export interface ThreadHost {
  hear(message: FromWorker): void;
  /** It has ended, by itself or by force; what it was doing comes first, then what it was still to do. */
  lost(why: string, left: readonly Submitted[]): void;
}

/** A worker thread and the tasks it has, the one that runs first. */
export class Thread {
  readonly #worker: Worker;
  readonly #arena: Arena;
  readonly #tasks = new Map<Key, Submitted>();
  /** How many of the arena's slabs it has been shown. */
  #slabs = 0;
  #lost = false;

  constructor({ script, arena, heap, ...settings }: ThreadSettings, host: ThreadHost) {
    this.#arena = arena;
    const { lake, build, durability, composed } = settings;
    this.#worker = new Worker(script, {
      workerData: { lake, build, durability, composed } satisfies WorkerSettings,
      resourceLimits: { maxOldGenerationSizeMb: heap },
    });
    const lost = (why: string) => {
      if (this.#lost) return;
      this.#lost = true;
      host.lost(why, [...this.#tasks.values()]);
    };
    this.#worker.on('message', (message: FromWorker) => host.hear(message));
    this.#worker.on('error', (error) => lost(error.message));
    this.#worker.on('exit', (code) => lost(`exit code ${code}`));
  }

  /** How busy it is: the sum of what its tasks need of one thread. */
  get load(): number {
    return [...this.#tasks.values()].reduce((sum, { task }) => sum + task.share, 0);
  }

  has(key: Key): boolean {
    return this.#tasks.has(key);
  }

  /** The task that it is doing now. */
  get running(): Submitted | undefined {
    return this.#tasks.values().next().value;
  }

  /** Give it tasks to do after those it has. */
  give(tasks: readonly Submitted[]): void {
    const slabs = this.#arena.slabs.slice(this.#slabs);
    this.#slabs += slabs.length;
    for (const submitted of tasks) this.#tasks.set(submitted.task.key, submitted);
    const leased: readonly LeasedTask[] = tasks.map(({ task, leases }) => ({
      task,
      leases: leases.map((l) => ({ ...l, ready: l.ready || this.#arena.ready(l) })),
    }));
    this.#worker.postMessage({
      kind: 'run',
      tasks: JSON.stringify(leased),
      slabs,
    } satisfies ToWorker);
  }

  /** Ask a task to stop. */
  cancel(key: Key): void {
    this.#worker.postMessage({ kind: 'cancel', key } satisfies ToWorker);
  }

  /** It has ended a task. */
  ended(key: Key): Submitted | undefined {
    const submitted = this.#tasks.get(key);
    this.#tasks.delete(key);
    return submitted;
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }
}
