import type { Composed } from '../expr/composed.js';
import type { Lease } from '../frame/arena.js';
import type { Key } from '../store/digest.js';
import type { Task, TaskEvent, TaskResult } from './task.js';

/** What the main thread says to a worker. */
export type ToWorker =
  | {
      readonly kind: 'run';
      /** `LeasedTask[]` as JSON, which is cloned in half the time: to be done one after the other, after those sent before. */
      readonly tasks: string;
      /** Slabs the worker has not seen yet, in order after those it has. */
      readonly slabs: readonly SharedArrayBuffer[];
    }
  | { readonly kind: 'cancel'; readonly key: Key };

export interface LeasedTask {
  readonly task: Task;
  /** Places in shared memory for the columns the task reads. */
  readonly leases: readonly Lease[];
}

/** What a worker says to the main thread. */
export type FromWorker =
  | { readonly kind: 'event'; readonly event: TaskEvent }
  /** `filled`: digests whose bytes now stand, verified, in the leases it was given. */
  | {
      readonly kind: 'ended';
      readonly key: Key;
      readonly result: TaskResult;
      readonly filled: readonly string[];
    };

/** What a worker is started with. */
export interface WorkerSettings {
  readonly lake: string;
  /** The folder of the build that the main thread runs from. */
  readonly build: string;
  readonly durability: 'relaxed' | 'run';
  /** Composed operators, as the main thread compiled with them: plain data, so that no thread has to parse them again. */
  readonly composed: ReadonlyMap<string, Composed>;
}
