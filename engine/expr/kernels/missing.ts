/** What stands for a missing number. Kernels name it rather than the global, which costs a look-up a row in a sandbox. */
export const MISSING: number = Number.NaN;

export function isMissing(v: number): boolean {
  // biome-ignore lint/suspicious/noSelfCompare: only NaN differs from itself.
  return v !== v;
}
