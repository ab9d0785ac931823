/** Ends a `switch` over a discriminated union: a case that is not handled does not compile. */
export function unreachable(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
