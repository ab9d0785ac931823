/** Rows at which a column of flags is true. */
export function firingRows(flags: Readonly<Uint8Array>): readonly number[] {
  const rows: number[] = [];
  for (let row = flags.indexOf(1); row >= 0; row = flags.indexOf(1, row + 1)) rows.push(row);
  return rows;
}
