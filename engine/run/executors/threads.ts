import { join } from 'node:path';
import { type Diagnostic, reporter } from '../../diag/diagnostic.js';
import type { Lease } from '../../frame/arena.js';
import type { Key } from '../../store/digest.js';
import { Objects } from '../../store/object.js';
import type { Stored } from '../../store/stored.js';
import type { FromWorker } from '../messages.js';
import { columnSize } from '../read.js';
import type { Executor, Task, TaskEvent, TaskResult } from '../task.js';
import { prepareHeaps } from './heap.js';
import { type Submitted, Thread, type ThreadSettings } from './thread.js';

const report = reporter({
  'run/worker-died': '{item}: its thread died ({why}).',
});

/** Time that a cancelled task has to stop by itself, and then its thread to end, before the next harder measure. */
const GRACE = 2000;

/** A thread that is busier gets nothing more: a few brief tasks at a time, instead of one whenever one has ended. */
const REFILL = 0.25;

/** Executes tasks on worker threads, which are started when first needed and share decoded columns. */
export class ThreadExecutor implements Executor {
  readonly capabilities: { readonly threads: number };
  readonly #threads = new Set<Thread>();
  readonly #objects: Objects;
  #waiting: Submitted[] = [];
  #dispatching = false;
  #listener: (event: TaskEvent) => void = () => {};
  #closed = false;

  /** @param settings  how many threads, and what each is started with. */
  constructor(readonly settings: ThreadSettings & { readonly threads: number }) {
    this.capabilities = { threads: settings.threads };
    prepareHeaps(settings.heap);
    this.#objects = new Objects(join(settings.lake, 'objects'), settings.durability);
  }

  onEvent(listener: (event: TaskEvent) => void): void {
    this.#listener = listener;
  }

  submit(task: Task): Promise<TaskResult> {
    return new Promise((settle) => {
      this.#waiting.push({ task, leases: this.#lease(task), settle });
      this.#dispatchSoon();
    });
  }

  cancel(key: Key): void {
    const thread = [...this.#threads].find((t) => t.has(key));
    if (!thread) {
      this.#drop(key);
      return;
    }
    thread.cancel(key);
    setTimeout(() => {
      if (thread.running?.task.key === key) void this.#terminate(thread);
    }, GRACE).unref();
  }

  /** Start a thread while others still find out what there is to do. */
  warm(): void {
    this.#start();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#threads].map((thread) => thread.terminate()));
  }

  /** Forget a task that no thread has yet. */
  #drop(key: Key): void {
    for (const submitted of this.#waiting.filter(({ task }) => task.key === key)) {
      this.#release(submitted);
      submitted.settle({ kind: 'cancelled' });
    }
    this.#waiting = this.#waiting.filter(({ task }) => task.key !== key);
  }

  /** Tasks that are submitted together are dispatched together: a message to a thread costs as much as a brief task. */
  #dispatchSoon(): void {
    if (this.#dispatching) return;
    this.#dispatching = true;
    queueMicrotask(() => {
      this.#dispatching = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    const loads = new Map([...this.#threads].map((thread) => [thread, thread.load]));
    for (const [thread, load] of loads) if (load > REFILL) loads.delete(thread);
    const batches = new Map<Thread, Submitted[]>();
    const waiting: Submitted[] = [];
    for (const submitted of this.#waiting) {
      const { share } = submitted.task;
      const thread = this.#room(share, loads);
      if (thread) {
        loads.set(thread, (loads.get(thread) ?? 0) + share);
        batches.set(thread, [...(batches.get(thread) ?? []), submitted]);
      } else waiting.push(submitted);
    }
    this.#waiting = waiting;
    for (const [thread, batch] of batches) thread.give(batch);
  }

  /** An idle thread, or a new one, or the least busy of those with room. */
  #room(share: number, loads: ReadonlyMap<Thread, number>): Thread | undefined {
    let best: Thread | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const [thread, load] of loads) {
      if (load < least) [best, least] = [thread, load];
    }
    if (least === 0) return best;
    return this.#start() ?? (least + share <= 1 ? best : undefined);
  }

  #start(): Thread | undefined {
    const { threads } = this.settings;
    if (this.#closed || this.#threads.size >= threads) return undefined;
    const thread: Thread = new Thread(this.settings, {
      hear: (message) => this.#hear(thread, message),
      lost: (why, left) => this.#lost(thread, why, left),
    });
    this.#threads.add(thread);
    return thread;
  }

  #hear(thread: Thread, message: FromWorker): void {
    if (message.kind === 'event') {
      this.#listener(message.event);
      return;
    }
    for (const digest of message.filled) this.settings.arena.markReady(digest);
    const submitted = thread.ended(message.key);
    if (!submitted) return;
    this.#release(submitted);
    submitted.settle(message.result);
    if (this.#waiting.length > 0) this.#dispatchSoon();
  }

  /** Only when no thread can write there any more. */
  #release({ leases }: Submitted): void {
    const { arena } = this.settings;
    for (const lease of leases) {
      if (lease.fresh && !arena.ready(lease)) arena.abandon(lease.digest);
      arena.release(lease);
    }
  }

  /** The task that ran fails; those behind it go to other threads. */
  #lost(thread: Thread, why: string, [running, ...others]: readonly Submitted[]): void {
    this.#threads.delete(thread);
    if (running) {
      this.#release(running);
      running.settle(this.#closed ? { kind: 'cancelled' } : died(running.task, why));
    }
    if (this.#closed) {
      for (const submitted of others) submitted.settle({ kind: 'cancelled' });
      return;
    }
    this.#waiting = [...others, ...this.#waiting];
    this.#dispatchSoon();
  }

  async #terminate(thread: Thread): Promise<void> {
    const { running } = thread;
    const stuck = setTimeout(() => {
      // The thread is inside native code that does not return. Commits are atomic, so ending the process loses nothing.
      process.stderr.write(`${running?.task.item}: does not stop; ending the process\n`);
      process.exit(130);
    }, GRACE);
    running?.settle({ kind: 'cancelled' });
    await thread.terminate();
    clearTimeout(stuck);
  }

  /** Places in shared memory for the columns that the task reads. */
  #lease(task: Task): readonly Lease[] {
    const leases = new Map<string, Lease>();
    for (const input of task.inputs) {
      for (const { stored } of input.items) {
        for (const { object, size } of this.#columns(stored, input.columns)) {
          if (leases.has(object)) continue;
          const lease = this.settings.arena.acquire(object, size);
          if (lease) leases.set(object, lease);
        }
      }
    }
    return [...leases.values()];
  }

  /** The columns of a stored frame that a task reads, with their bytes; without one that is not there. */
  #columns(stored: Stored, columns: readonly string[] | undefined) {
    if (stored.kind !== 'frame') return [];
    const read = columns && new Set(columns);
    return stored.columns.flatMap((column) => {
      if (read && !read.has(column.name)) return [];
      const { object } = column;
      const size = columnSize(column, stored.rows) ?? this.#objects.stat(object)?.bytes ?? -1;
      return size < 0 ? [] : [{ object, size }];
    });
  }
}

function died(task: Task, why: string): TaskResult {
  const problem: Diagnostic = report('run/worker-died', task.place, { item: task.item, why });
  return { kind: 'failed', problems: [problem], transient: false, log: [] };
}
