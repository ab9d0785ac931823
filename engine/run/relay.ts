import type { Key } from '../store/digest.js';
import type { Emit } from './events.js';
import type { Executor } from './task.js';

/** Pass on what running items say of themselves, under their names. */
export function relay(executor: Executor, itemOf: (key: Key) => string, emit: Emit): void {
  executor.onEvent((event) => {
    const item = itemOf(event.key);
    if (event.kind === 'log')
      emit({ event: 'item-log', item, message: event.message, facts: event.facts });
    else emit({ event: 'item-progress', item, done: event.done, total: event.total });
  });
}
