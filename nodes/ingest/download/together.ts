/**
 * All results, in order. The first problem halts what still runs, and is thrown when everything has come to its end: nothing
 * writes any more by then.
 */
export async function allOrFirst<T>(
  works: readonly Promise<T>[],
  halt: (thrown: unknown) => void,
): Promise<readonly T[]> {
  const problems: unknown[] = [];
  const note = (thrown: unknown) => {
    problems.push(thrown);
    halt(thrown);
    throw thrown;
  };
  const settled = await Promise.allSettled(works.map((work) => work.catch(note)));
  if (problems.length > 0) throw problems[0];
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}
