import type { Diagnostic } from './diagnostic.js';

/** Thrown where work cannot go on: it carries what a person needs to know. Everything else that is thrown is a bug. */
export class Refusal extends Error {
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((d) => `${d.code}: ${d.message}`).join('\n'));
    this.name = 'Refusal';
  }
}

/** Stop with one or more problems. */
export function refuse(...diagnostics: readonly Diagnostic[]): never {
  throw new Refusal(diagnostics);
}
