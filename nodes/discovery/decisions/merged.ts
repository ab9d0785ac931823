/** Decisions that waited equally long, each packed into a number: those of one list are in order among themselves. */
export type Waited = readonly (readonly number[])[];

/**
 * Lists in order merged into one.
 * @param before  whether a decision of one list comes before one of another: packed number and list of each
 * @returns       for each decision in order its list, and its packed number
 */
export function merged(
  lists: Waited,
  before: (a: number, listOfA: number, b: number, listOfB: number) => boolean,
): { readonly list: Uint16Array; readonly packed: Float64Array } {
  const count = lists.reduce((sum, list) => sum + list.length, 0);
  const next = new Uint32Array(lists.length);
  const list = new Uint16Array(count);
  const packed = new Float64Array(count);
  for (let row = 0; row < count; row += 1) {
    let best = -1;
    let least = Number.NaN;
    for (let k = 0; k < lists.length; k += 1) {
      const value = lists[k]?.[next[k] ?? 0];
      if (value === undefined || (best >= 0 && !before(value, k, least, best))) continue;
      best = k;
      least = value;
    }
    list[row] = best;
    packed[row] = least;
    next[best] = (next[best] ?? 0) + 1;
  }
  return { list, packed };
}
