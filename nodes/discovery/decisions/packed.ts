/** A decision as one number: its signal and rule as one, its side and whether it is kept. */
export function pack(place: number, side: number, kept: boolean): number {
  return place * 4 + (side > 0 ? 2 : 0) + (kept ? 1 : 0);
}

/** Packed decisions, list below list. */
export interface Packed {
  /** Where each list ends. */
  readonly ends: readonly number[];
  /** The signal of each. */
  readonly at: Readonly<Uint32Array>;
  /** Rule, side and whether it is kept. */
  readonly rest: Readonly<Uint32Array>;
  readonly waited: Readonly<Uint16Array>;
}

/** @param lists  by bars waited. @param rules  how many there are */
export function joined(lists: readonly (readonly number[])[], rules: number): Packed {
  const ends: number[] = [];
  for (const list of lists) ends.push((ends.at(-1) ?? 0) + list.length);
  const count = ends.at(-1) ?? 0;
  const [at, rest] = [new Uint32Array(count), new Uint32Array(count)];
  const waited = new Uint16Array(count);
  for (const [bars, list] of lists.entries()) {
    const start = (ends[bars] ?? 0) - list.length;
    waited.fill(bars, start, start + list.length);
    for (let k = 0; k < list.length; k += 1) {
      const signal = Math.floor((list[k] ?? 0) / (4 * rules));
      at[start + k] = signal;
      rest[start + k] = (list[k] ?? 0) - signal * 4 * rules;
    }
  }
  return { ends, at, rest, waited };
}
