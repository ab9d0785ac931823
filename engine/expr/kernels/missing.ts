/**
 * Whether a number is missing. What is missing is written `Number.NaN`, in full: the compiler of the machine knows that to be a
 * number, but not a constant of another module, and a choice between a number and it knows not what takes memory each row.
 */
export function isMissing(v: number): boolean {
  // biome-ignore lint/suspicious/noSelfCompare: only NaN differs from itself.
  return v !== v;
}
