import { expect } from '@jest/globals';
import type { Diagnostic } from '../../../../engine/diag/diagnostic.js';
import { Refusal } from '../../../../engine/diag/refusal.js';

/** The problems that `act` is refused with. Fails when it goes through or throws anything else. */
export function refusalOf(act: () => unknown): readonly Diagnostic[] {
  try {
    act();
  } catch (error) {
    return diagnosticsOf(error);
  }
  throw new Error('Expected a refusal; none came.');
}

/** The same for work that ends later. */
export async function refusalLater(act: () => Promise<unknown>): Promise<readonly Diagnostic[]> {
  try {
    await act();
  } catch (error) {
    return diagnosticsOf(error);
  }
  throw new Error('Expected a refusal; none came.');
}

/** Expect one refusal by code and facts, with every hole of its sentence filled. */
export function expectRefusal(
  act: () => unknown,
  code: string,
  facts: Readonly<Record<string, unknown>> = {},
): void {
  const [first] = refusalOf(act);
  expect(first).toMatchObject({ code, facts });
  expect(first?.message).not.toMatch(/\{\w+\}/);
}

function diagnosticsOf(error: unknown): readonly Diagnostic[] {
  if (error instanceof Refusal) return error.diagnostics;
  throw error;
}
