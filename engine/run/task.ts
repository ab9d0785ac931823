import type { Diagnostic, Place } from '../diag/diagnostic.js';
import type { PortInput } from '../plan/key.js';
import type { Outputs } from '../plan/outcome.js';
import type { Key, ObjectHash } from '../store/digest.js';
import type { JsonObject } from '../yaml/value.js';
import type { Timings } from './events.js';

/** One item to execute, as plain JSON: it can cross to a thread, a process or another machine that sees the same store. */
export interface Task {
  readonly key: Key;
  readonly item: string;
  readonly node: string;
  readonly params: JsonObject;
  readonly inputs: readonly PortInput[];
  /** Optional outputs that the compiler was told are absent. */
  readonly absent: readonly string[];
  /** The files whose content is part of the key, as the node named them. */
  readonly files: readonly string[];
  /** Contracts of the node's ports by id. */
  readonly contracts: Readonly<Record<string, JsonObject>>;
  /** Where problems of this item are shown. */
  readonly place: Place;
  /** Threads the node may use. */
  readonly threads: number;
  /** How much of one thread it is expected to keep busy, in (0, 1]: brief tasks travel to a thread together. */
  readonly share: number;
}

/** What an execution tells while it runs. */
export type TaskEvent =
  | {
      readonly kind: 'log';
      readonly key: Key;
      readonly message: string;
      readonly facts: JsonObject;
    }
  | { readonly kind: 'progress'; readonly key: Key; readonly done: number; readonly total: number };

export type TaskResult =
  | {
      readonly kind: 'given';
      readonly outputs: Outputs;
      readonly timings: Omit<Timings, 'queue' | 'hash'>;
      readonly warnings: readonly Diagnostic[];
      readonly log: readonly string[];
    }
  | {
      readonly kind: 'failed';
      readonly problems: readonly Diagnostic[];
      readonly transient: boolean;
      readonly log: readonly string[];
    }
  /** Objects it had to read are gone or not what they were: their makers must run again. */
  | {
      readonly kind: 'damaged';
      readonly objects: readonly {
        readonly hash: ObjectHash;
        readonly state: 'missing' | 'corrupt';
      }[];
    }
  | { readonly kind: 'cancelled' };

/** Where tasks are executed. */
export interface Executor {
  readonly capabilities: { readonly threads: number };
  submit(task: Task): Promise<TaskResult>;
  /** Ask a running task to stop; its promise settles as `cancelled`. */
  cancel(key: Key): void;
  /** Told of progress and log lines. */
  onEvent(listener: (event: TaskEvent) => void): void;
  close(): Promise<void>;
}
