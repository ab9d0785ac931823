/** While the rows of one file are packed, those of another are handed over: more would only wait for each other. */
const ABREAST = 2;

/**
 * Work on some things, two at a time and in their order. Once one has failed no other is begun.
 * @returns what became of those that were begun, in their order; all of them have ended
 */
export async function abreast<T, R>(
  things: readonly T[],
  work: (thing: T) => Promise<R>,
): Promise<readonly PromiseSettledResult<R>[]> {
  const ended: PromiseSettledResult<R>[] = [];
  const left = things.entries();
  const lane = async (): Promise<void> => {
    for (const [at, thing] of left) {
      [ended[at]] = await Promise.allSettled([work(thing)]);
      if (ended.some((each) => each.status === 'rejected')) return;
    }
  };
  await Promise.all(Array.from({ length: ABREAST }, lane));
  return ended;
}
