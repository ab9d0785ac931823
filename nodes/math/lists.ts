/**
 * Where each number stands in a list, ascending; in one pass, as a counting sort does.
 * @param keys  whole numbers below `many`; those below 0 are left out
 * @returns     by number, views of one array
 */
export function listsOf(keys: Int32Array, many: number): readonly Int32Array[] {
  const ends = new Int32Array(many + 1);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? -1;
    if (key >= 0) ends[key + 1] = (ends[key + 1] ?? 0) + 1;
  }
  for (let key = 0; key < many; key++) ends[key + 1] = (ends[key + 1] ?? 0) + (ends[key] ?? 0);
  const starts = ends.slice(0, many);
  const next = ends.slice(0, many);
  const order = new Int32Array(ends[many] ?? 0);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? -1;
    if (key < 0) continue;
    const at = next[key] ?? 0;
    order[at] = i;
    next[key] = at + 1;
  }
  return Array.from(starts, (start, key) => order.subarray(start, ends[key + 1] ?? start));
}
