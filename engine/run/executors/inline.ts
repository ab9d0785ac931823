import type { Key } from '../../store/digest.js';
import { type ExecuteHost, execute } from '../execute.js';
import type { Executor, Task, TaskEvent, TaskResult } from '../task.js';

/** Time that a cancelled task has to stop by itself. */
const GRACE = 2000;

/** Executes tasks one after another in this thread: for tests, debugging and machines without threads. */
export class InlineExecutor implements Executor {
  readonly capabilities = { threads: 1 };
  readonly #running = new Map<Key, AbortController>();
  #leftBehind = false;
  #listener: (event: TaskEvent) => void = () => {};

  constructor(readonly host: Omit<ExecuteHost, 'emit'>) {}

  onEvent(listener: (event: TaskEvent) => void): void {
    this.#listener = listener;
  }

  async submit(task: Task): Promise<TaskResult> {
    const controller = new AbortController();
    this.#running.set(task.key, controller);
    const host = { ...this.host, emit: (event: TaskEvent) => this.#listener(event) };
    // A node may wait for something that keeps no process alive: this does, as a thread would.
    const alive = setInterval(() => {}, GRACE);
    try {
      const result = execute(task, host, controller.signal);
      return await Promise.race([result, this.#abandoned(controller.signal)]);
    } finally {
      clearInterval(alive);
      this.#running.delete(task.key);
    }
  }

  cancel(key: Key): void {
    this.#running.get(key)?.abort();
  }

  async close(): Promise<void> {
    for (const controller of this.#running.values()) controller.abort();
    // What was left behind may keep the process alive for ever; by then everything is said and written.
    if (this.#leftBehind) setTimeout(() => process.exit(), GRACE).unref();
  }

  /**
   * Settles when a cancelled task has used up its time: what waits for ever is left behind, since there is no thread to end. (What
   * computes for ever cannot be stopped here at all.)
   */
  #abandoned(signal: AbortSignal): Promise<TaskResult> {
    return new Promise((resolve) => {
      const late = () => {
        this.#leftBehind = true;
        resolve({ kind: 'cancelled' });
      };
      signal.addEventListener('abort', () => setTimeout(late, GRACE).unref(), { once: true });
    });
  }
}
