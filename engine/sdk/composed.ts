import type { Composed } from '../expr/composed.js';

let known: ReadonlyMap<string, Composed> = new Map();

/** Make the project's composed operators known to the formula nodes of this thread: once, before anything compiles. */
export function installComposed(found: ReadonlyMap<string, Composed>): void {
  known = found;
}

/** The project's composed operators, by name: what `compile` needs to read a formula that calls one. */
export function composedOperators(): ReadonlyMap<string, Composed> {
  return known;
}
