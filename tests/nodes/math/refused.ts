import { MathRefusal } from '../../../nodes/math/refusal.js';

/** The code and facts with which `work` refuses; fails if it does not. */
export function refused(work: () => unknown): { readonly code: string; readonly facts: unknown } {
  try {
    work();
  } catch (error) {
    if (error instanceof MathRefusal) return { code: error.code, facts: error.facts };
    throw error;
  }
  throw new Error('nothing was refused');
}
