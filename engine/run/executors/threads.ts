import { Worker } from 'node:worker_threads';
import { type Diagnostic, reporter } from '../../diag/diagnostic.js';
import type { Arena, Lease } from '../../frame/arena.js';
import type { Key } from '../../store/digest.js';
import type { Stored } from '../../store/stored.js';
import type { FromWorker, ToWorker, WorkerSettings } from '../messages.js';
import { columnSize } from '../read.js';
import type { Executor, Task, TaskEvent, TaskResult } from '../task.js';

const report = reporter({
  'run/worker-died': '{item}: its thread died ({why}).',
});

interface Running {
  readonly task: Task;
  readonly leases: readonly Lease[];
  resolve(result: TaskResult): void;
}

/** A thread and what it is doing. */
interface Thread {
  readonly worker: Worker;
  /** How many of the arena's slabs it has been shown. */
  slabs: number;
  running: Running | undefined;
}

export interface ThreadSettings extends WorkerSettings {
  readonly threads: number;
  readonly script: URL;
  readonly arena: Arena;
  /** Heap of one thread in MiB. */
  readonly heap: number;
}

/** Time that a cancelled task has to stop by itself, and then its thread to end, before the next harder measure. */
const GRACE = 2000;

/** Executes tasks on worker threads, which are started when first needed and share decoded columns. */
export class ThreadExecutor implements Executor {
  readonly capabilities: { readonly threads: number };
  readonly #threads: Thread[] = [];
  readonly #waiting: Running[] = [];
  #listener: (event: TaskEvent) => void = () => {};
  #closed = false;

  constructor(readonly settings: ThreadSettings) {
    this.capabilities = { threads: settings.threads };
  }

  onEvent(listener: (event: TaskEvent) => void): void {
    this.#listener = listener;
  }

  submit(task: Task): Promise<TaskResult> {
    return new Promise((resolve) => {
      this.#waiting.push({ task, leases: this.#lease(task), resolve });
      this.#dispatch();
    });
  }

  cancel(key: Key): void {
    const thread = this.#threads.find((t) => t.running?.task.key === key);
    if (!thread) return;
    thread.worker.postMessage({ kind: 'cancel', key } satisfies ToWorker);
    setTimeout(() => {
      if (thread.running?.task.key === key) void this.#terminate(thread);
    }, GRACE).unref();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#threads.map((thread) => thread.worker.terminate()));
  }

  #dispatch(): void {
    while (this.#waiting.length > 0) {
      const thread = this.#threads.find((t) => !t.running) ?? this.#start();
      const next = thread && this.#waiting.shift();
      if (!next) return;
      thread.running = next;
      const slabs = this.settings.arena.slabs.slice(thread.slabs);
      thread.slabs += slabs.length;
      const leases = next.leases.map((lease) => ({
        ...lease,
        ready: lease.ready || this.settings.arena.ready(lease),
      }));
      thread.worker.postMessage({ kind: 'run', task: next.task, leases, slabs } satisfies ToWorker);
    }
  }

  #start(): Thread | undefined {
    if (this.#closed || this.#threads.length >= this.settings.threads) return undefined;
    const { lake, root, durability, formulas, script, heap } = this.settings;
    const worker = new Worker(script, {
      workerData: { lake, root, durability, formulas } satisfies WorkerSettings,
      resourceLimits: { maxOldGenerationSizeMb: heap },
    });
    const thread: Thread = { worker, slabs: 0, running: undefined };
    this.#threads.push(thread);
    worker.on('message', (message: FromWorker) => this.#hear(thread, message));
    worker.on('error', (error) => this.#lost(thread, error.message));
    worker.on('exit', (code) => this.#lost(thread, `exit code ${code}`));
    return thread;
  }

  #hear(thread: Thread, message: FromWorker): void {
    if (message.kind === 'event') {
      this.#listener(message.event);
      return;
    }
    for (const digest of message.filled) this.settings.arena.markReady(digest);
    this.#finish(thread, message.result);
    this.#dispatch();
  }

  #finish(thread: Thread, result: TaskResult): void {
    const { running } = thread;
    thread.running = undefined;
    if (!running) return;
    for (const lease of running.leases) {
      if (lease.fresh && !this.settings.arena.ready(lease))
        this.settings.arena.abandon(lease.digest);
      this.settings.arena.release(lease);
    }
    running.resolve(result);
  }

  /** A thread has ended by itself or by force: its task fails, and another thread takes its place when needed. */
  #lost(thread: Thread, why: string): void {
    const index = this.#threads.indexOf(thread);
    if (index >= 0) this.#threads.splice(index, 1);
    const { running } = thread;
    if (running)
      this.#finish(thread, this.#closed ? { kind: 'cancelled' } : died(running.task, why));
    if (!this.#closed) this.#dispatch();
  }

  async #terminate(thread: Thread): Promise<void> {
    const { running } = thread;
    const stuck = setTimeout(() => {
      // The thread is inside native code that does not return. Commits are atomic, so ending the process loses nothing.
      process.stderr.write(`${running?.task.item}: does not stop; ending the process\n`);
      process.exit(130);
    }, GRACE);
    if (running) this.#finish(thread, { kind: 'cancelled' });
    await thread.worker.terminate();
    clearTimeout(stuck);
  }

  /** Places in shared memory for the columns of number and time that the task reads. */
  #lease(task: Task): readonly Lease[] {
    const leases = new Map<string, Lease>();
    for (const input of task.inputs) {
      for (const { stored } of input.items) {
        for (const { object, size } of sizedColumns(stored, input.columns)) {
          if (leases.has(object)) continue;
          const lease = this.settings.arena.acquire(object, size);
          if (lease) leases.set(object, lease);
        }
      }
    }
    return [...leases.values()];
  }
}

/** The columns of a stored frame that shared memory can hold, of those a task reads. */
function sizedColumns(stored: Stored, columns: readonly string[] | undefined) {
  if (stored.kind !== 'frame') return [];
  const read = columns && new Set(columns);
  return stored.columns.flatMap((column) => {
    const size = columnSize(column, stored.rows);
    const wanted = size !== undefined && (!read || read.has(column.name));
    return wanted ? [{ object: column.object, size }] : [];
  });
}

function died(task: Task, why: string): TaskResult {
  const problem: Diagnostic = report('run/worker-died', task.place, { item: task.item, why });
  return { kind: 'failed', problems: [problem], transient: false, log: [] };
}
