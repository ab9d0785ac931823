/** Size of what two sets share over the size of both together; NaN where both are empty. @see Jaccard (1912), New Phytologist 11 */
export function jaccard(a: ReadonlySet<unknown>, b: ReadonlySet<unknown>): number {
  let shared = 0;
  for (const item of a) if (b.has(item)) shared += 1;
  return shared / (a.size + b.size - shared);
}

/**
 * Of sets that are nearly the same, keep the first.
 * @param sets   best first
 * @param alike  Jaccard index from which on two are the same
 * @returns      for each the place of the kept one it is the same as, itself where it is kept
 */
export function duplicatesOf(
  sets: readonly ReadonlySet<unknown>[],
  alike: number,
): readonly number[] {
  const kept: number[] = [];
  return sets.map((set, i) => {
    const same = kept.find((k) => jaccard(set, sets[k] ?? new Set()) >= alike);
    if (same === undefined) kept.push(i);
    return same ?? i;
  });
}
