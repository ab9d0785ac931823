import type { Key } from '../../store/digest.js';
import { type ExecuteHost, execute } from '../execute.js';
import type { Executor, Task, TaskEvent, TaskResult } from '../task.js';

/** Time that a cancelled task has to stop by itself. */
const GRACE = 2000;

/** Executes tasks one after another in this thread: for tests, debugging and machines without threads. */
export class InlineExecutor implements Executor {
  readonly capabilities = { threads: 1 };
  readonly #running = new Map<Key, AbortController>();
  #listener: (event: TaskEvent) => void = () => {};

  constructor(readonly host: Omit<ExecuteHost, 'emit'>) {}

  onEvent(listener: (event: TaskEvent) => void): void {
    this.#listener = listener;
  }

  async submit(task: Task): Promise<TaskResult> {
    const controller = new AbortController();
    this.#running.set(task.key, controller);
    const host = { ...this.host, emit: (event: TaskEvent) => this.#listener(event) };
    try {
      return await Promise.race([execute(task, host, controller.signal), given(controller.signal)]);
    } finally {
      this.#running.delete(task.key);
    }
  }

  cancel(key: Key): void {
    this.#running.get(key)?.abort();
  }

  async close(): Promise<void> {
    for (const controller of this.#running.values()) controller.abort();
  }
}

/**
 * Settles when a cancelled task has used up its time: what waits for ever is left behind, since there is no thread to end. (What
 * computes for ever cannot be stopped here at all.) Until then it keeps the process from ending for want of anything to do.
 */
function given(signal: AbortSignal): Promise<TaskResult> {
  return new Promise((resolve) => {
    const late = () => setTimeout(() => resolve({ kind: 'cancelled' }), GRACE).unref();
    signal.addEventListener('abort', late, { once: true });
  });
}
