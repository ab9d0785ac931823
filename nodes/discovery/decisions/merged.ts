import type { Vector } from '../../math/vector.js';

/** Decisions list below list, those that waited longer further down; each list is in order by itself. */
export interface Lists {
  /** Where each list ends. */
  readonly ends: readonly number[];
  /** When each was decided. */
  readonly moments: Vector;
  /** The place of one among those of one moment. */
  readonly placeOf: (row: number) => number;
}

/**
 * Lists in order merged into one: by moment, then by place, then by signal: of two decisions of one moment and place the one that waited
 * longer has the earlier signal. From the last list on, for most decisions do not wait and are compared once.
 * @returns  the rows of the lists, in order
 */
export function merged({ ends, moments, placeOf }: Lists): Readonly<Uint32Array> {
  const count = ends.at(-1) ?? 0;
  const order = new Uint32Array(count);
  for (let list = ends.length - 1; list >= 0; list -= 1) {
    let own = ends[list - 1] ?? 0;
    const end = ends[list] ?? 0;
    // What is merged stands behind, and is never overtaken: a row is taken before its place is written.
    let [at, next] = [own, end];
    while (own < end) {
      const other = order[next] ?? 0;
      const waits = next < count && !before(own, other);
      order[at] = waits ? other : own;
      at += 1;
      if (waits) next += 1;
      else own += 1;
    }
  }
  return order;

  function before(a: number, b: number): boolean {
    const [mine, others] = [moments[a] ?? NaN, moments[b] ?? NaN];
    return mine === others ? placeOf(a) < placeOf(b) : mine < others;
  }
}
