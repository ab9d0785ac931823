import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { type Lease, view } from '../frame/arena.js';
import { composedSet } from '../graph/composed.js';
import { installComposed } from '../sdk/composed.js';
import type { ObjectHash } from '../store/digest.js';
import { type ObjectRead, Objects } from '../store/object.js';
import { execute } from './execute.js';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.js';
import { loadCatalogue } from './plugins.js';
import type { Task } from './task.js';

/*
 * A worker thread: executes one task at a time and knows nothing of graphs or plans. Columns are read into the shared
 * memory that the main thread has leased for them, once for all threads; what does not fit there is read privately.
 */

const settings = workerData as WorkerSettings; // written by executors/threads.ts, the only one to start this file
const objects = new Objects(join(settings.lake, 'objects'), settings.durability);
const plugins = loadCatalogue(settings.root);
installComposed(composedSet(settings.formulas, Object.keys(plugins.catalogue.operators)).composed);
const slabs: SharedArrayBuffer[] = [];
let running: AbortController | undefined;

parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'cancel') {
    running?.abort();
    return;
  }
  slabs.push(...message.slabs);
  void run(message.task, message.leases);
});

async function run(task: Task, leases: readonly Lease[]): Promise<void> {
  running = new AbortController();
  const memory = new SharedColumns(leases);
  const host = {
    load: (type: string) => plugins.load(type),
    objects,
    read: (hash: ObjectHash) => memory.read(hash),
    emit: (event: Extract<FromWorker, { kind: 'event' }>['event']) => say({ kind: 'event', event }),
  };
  const result = await execute(task, host, running.signal);
  running = undefined;
  say({ kind: 'ended', key: task.key, result, filled: memory.filled });
}

function say(message: FromWorker): void {
  parentPort?.postMessage(message);
}

/** The columns of one task in shared memory. */
class SharedColumns {
  readonly filled: string[] = [];
  readonly #leases: ReadonlyMap<string, Lease>;

  constructor(leases: readonly Lease[]) {
    this.#leases = new Map(leases.map((lease) => [lease.digest, lease]));
  }

  read(hash: ObjectHash): ObjectRead {
    const lease = this.#leases.get(hash);
    if (!lease) return objects.read(hash);
    if (lease.ready) return { state: 'ok', bytes: view(slabs, lease) };
    if (!lease.fresh) return objects.read(hash); // another thread is filling it right now
    const found = objects.readInto(hash, view(slabs, lease));
    if (found.state === 'ok') this.filled.push(hash);
    return found;
  }
}
