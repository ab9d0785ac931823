/** What a refusal found, by the names its code promises. */
export type MathFacts = Readonly<Record<string, number | string>>;

/**
 * Every code that mathematics refuses with. The facts each carries are in braces; nodes put them in their own words.
 * - `math/too-few-rows`      {what} needs at least {least} values and has {found}.
 * - `math/not-finite`        {what} has a missing or infinite value at {index}.
 * - `math/out-of-range`      {name} is {found}; it must be {must}.
 * - `math/sizes-differ`      {what}: {first} and {second} do not agree.
 * - `math/not-definite`      {what} is not positive definite: pivot {index} is {found}.
 * - `math/infeasible`        {what} has no solution: {why}.
 * - `math/not-converged`     {what} did not settle in {steps} steps.
 */
export type MathCode =
  | 'math/too-few-rows'
  | 'math/not-finite'
  | 'math/out-of-range'
  | 'math/sizes-differ'
  | 'math/not-definite'
  | 'math/infeasible'
  | 'math/not-converged';

/** Thrown when a question has no answer. Nodes catch it and say it with a place; anything else thrown here is a bug. */
export class MathRefusal extends Error {
  constructor(
    readonly code: MathCode,
    readonly facts: MathFacts,
  ) {
    super(`${code} ${JSON.stringify(facts)}`);
    this.name = 'MathRefusal';
  }
}
