import type { Key } from '../../store/digest.js';
import { type ExecuteHost, execute } from '../execute.js';
import type { Executor, Task, TaskEvent, TaskResult } from '../task.js';

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
    try {
      return await execute(
        task,
        { ...this.host, emit: (event) => this.#listener(event) },
        controller.signal,
      );
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
