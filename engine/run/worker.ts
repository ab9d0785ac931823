import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { type Lease, view } from '../frame/arena.js';
import type { Plugins } from '../sdk/catalogue.js';
import { installComposed } from '../sdk/composed.js';
import type { Key, ObjectHash } from '../store/digest.js';
import { type ObjectRead, Objects } from '../store/object.js';
import { execute } from './execute.js';
import type { FromWorker, LeasedTask, ToWorker, WorkerSettings } from './messages.js';
import { loadCatalogue } from './plugins.js';
import type { TaskEvent } from './task.js';

/**
 * Serve as a worker thread: execute one task at a time, knowing nothing of graphs or plans. Columns are read into the shared
 * memory that the main thread has leased for them, once for all threads; what does not fit there is read privately.
 */
export function startWorker(): void {
  const settings = workerData as WorkerSettings; // written by executors/threads.ts, the only one to start a worker
  const { load } = loadCatalogue(settings.build);
  installComposed(settings.composed);
  const worker = new TaskWorker(settings, load);
  parentPort?.on('message', (message: ToWorker) => {
    if (message.kind === 'cancel') worker.cancel(message.key);
    else worker.take(message);
  });
}

class TaskWorker {
  readonly #objects: Objects;
  readonly #load: Plugins['load'];
  readonly #slabs: SharedArrayBuffer[] = [];
  readonly #queue: LeasedTask[] = [];
  #running: { readonly key: Key; readonly abort: AbortController } | undefined;

  constructor(settings: WorkerSettings, load: Plugins['load']) {
    this.#objects = new Objects(join(settings.lake, 'objects'), settings.durability);
    this.#load = load;
  }

  /** Ask a task to stop, if it is the one that runs. */
  cancel(key: Key): void {
    if (this.#running?.key === key) this.#running.abort.abort();
  }

  take({ tasks, slabs }: Extract<ToWorker, { kind: 'run' }>): void {
    this.#slabs.push(...slabs);
    const given: readonly LeasedTask[] = JSON.parse(tasks);
    this.#queue.push(...given);
    if (!this.#running) void this.#work();
  }

  async #work(): Promise<void> {
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) await this.#run(next);
  }

  async #run({ task, leases }: LeasedTask): Promise<void> {
    const abort = new AbortController();
    this.#running = { key: task.key, abort };
    const memory = new SharedColumns(this.#objects, this.#slabs, leases);
    const host = {
      load: this.#load,
      objects: this.#objects,
      read: (hash: ObjectHash) => memory.read(hash),
      emit: (event: TaskEvent) => say({ kind: 'event', event }),
    };
    const result = await execute(task, host, abort.signal);
    this.#running = undefined;
    // One by one: should the next task bring the thread down, it alone has failed.
    say({ kind: 'ended', key: task.key, result, filled: memory.filled });
  }
}

function say(message: FromWorker): void {
  parentPort?.postMessage(message);
}

/** The columns of one task in shared memory. */
class SharedColumns {
  readonly filled: string[] = [];
  readonly #leases: ReadonlyMap<string, Lease>;

  constructor(
    readonly objects: Objects,
    readonly slabs: readonly SharedArrayBuffer[],
    leases: readonly Lease[],
  ) {
    this.#leases = new Map(leases.map((lease) => [lease.digest, lease]));
  }

  read(hash: ObjectHash): ObjectRead {
    const lease = this.#leases.get(hash);
    if (!lease) return this.objects.read(hash);
    if (lease.ready) return { state: 'ok', bytes: view(this.slabs, lease) };
    if (!lease.fresh) return this.objects.read(hash); // another thread is filling it right now
    const found = this.objects.readInto(hash, view(this.slabs, lease));
    if (found.state === 'ok') this.filled.push(hash);
    return found;
  }
}
