/** Values at some rows, in their order; −1 is no row and gives a missing value. */
export function picked(
  values: Readonly<Float64Array>,
  rows: Readonly<Int32Array>,
): Float64Array<ArrayBuffer> {
  const found = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? -1;
    // To ask an array for what lies before it is slow.
    found[i] = row < 0 ? Number.NaN : (values[row] ?? Number.NaN);
  }
  return found;
}
