/** The first row from one on in which a flag is true; the number of rows if there is none. */
export function firstTrue(c: Readonly<Uint8Array>, from: number): number {
  const at = c.indexOf(1, from);
  return at < 0 ? c.length : at;
}
