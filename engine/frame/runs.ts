/** Compares two rows by their indices. */
export type RowOrder = (a: number, b: number) => number;

/**
 * The rows from 0 on in order, stable: runs that are in order as they stand are merged two by two, so tables put one below the
 * other take one pass for each doubling of their number, and rows that are in order take none.
 * @see  Knuth (1998), The Art of Computer Programming, volume 3, section 5.2.4, natural merge sort
 */
export function mergeRuns(rows: number, order: RowOrder): Readonly<Uint32Array> {
  let from = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) from[row] = row;
  let into = new Uint32Array(rows);
  let ends = runEnds(rows, order);
  while (ends.length > 1) {
    const merged: number[] = [];
    for (let run = 0; run < ends.length; run += 2) {
      const start = run === 0 ? 0 : (ends[run - 1] ?? 0);
      const middle = ends[run] ?? rows;
      const end = ends[run + 1] ?? middle;
      mergeTwo(from, into, [start, middle, end], order);
      merged.push(end);
    }
    [from, into, ends] = [into, from, merged];
  }
  return from;
}

/** Where runs of ascending rows end. */
function runEnds(rows: number, order: RowOrder): readonly number[] {
  const ends: number[] = [];
  for (let row = 1; row < rows; row++) if (order(row - 1, row) > 0) ends.push(row);
  ends.push(rows);
  return ends;
}

/** Two runs that stand side by side as one; of rows that tie, those of the first come first. */
function mergeTwo(
  from: Readonly<Uint32Array>,
  into: Uint32Array,
  [start, middle, end]: readonly [start: number, middle: number, end: number],
  order: RowOrder,
): void {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const a = from[left] ?? 0;
    const b = from[right] ?? 0;
    if (right >= end || (left < middle && order(a, b) <= 0)) {
      into[at] = a;
      left++;
    } else {
      into[at] = b;
      right++;
    }
  }
}
