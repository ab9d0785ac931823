import type { Problems } from '../diag/problems.js';
import { Refusal } from '../diag/refusal.js';

/** Do something that may refuse; its problems are added, and the result is then undefined. */
export function attempt<T>(problems: Problems, act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    problems.add(...error.diagnostics);
    return undefined;
  }
}
