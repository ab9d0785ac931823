/** The value a share of the way from one to another; missing where their distance overflows. */
export function between(a: number, b: number, share: number): number {
  const value = a + share * (b - a);
  return value - value === 0 ? value : Number.NaN;
}
