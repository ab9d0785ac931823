/** From the first to the last bar that a source has a row of, usable or not; undefined where it has none. */
export type Extent = { readonly first: number; readonly last: number } | undefined;

/** The extent of rows on a grid; −1 is a bar without a row. */
export function extentOf(rows: Readonly<Int32Array>): Extent {
  let last = rows.length - 1;
  while (last >= 0 && rows[last] === -1) last--;
  if (last < 0) return undefined;
  let first = 0;
  while (rows[first] === -1) first++;
  return { first, last };
}
