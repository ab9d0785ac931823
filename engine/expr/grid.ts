import type { Numbers } from '../frame/column.js';

/** All times at which any of several clocks has a row, and where the rows of each stand among them. */
export interface Grid {
  readonly ts: Numbers;
  /** For each clock, the grid row of each of its rows. */
  readonly of: readonly Int32Array[];
}

/** The common grid of clocks whose times ascend. */
export function gridOf(clocks: readonly Numbers[]): Grid {
  const ts = clocks.reduce(union, new Float64Array());
  return { ts, of: clocks.map((own) => placesIn(own, ts)) };
}

/** Times of either, ascending, each once; most symbols have the same ones, and then nothing is copied. */
function union(a: Numbers, b: Numbers): Numbers {
  if (a.length === b.length && a.every((t, i) => t === b[i])) return a;
  const all = new Float64Array(a.length + b.length);
  let size = 0;
  for (let i = 0, j = 0; i < a.length || j < b.length; size += 1) {
    const [p, q] = [a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY];
    all[size] = Math.min(p, q);
    if (p <= q) i += 1;
    if (q <= p) j += 1;
  }
  return all.subarray(0, size);
}

function placesIn(own: Numbers, ts: Numbers): Int32Array {
  const places = new Int32Array(own.length);
  let at = 0;
  for (let i = 0; i < own.length; i += 1) {
    while ((ts[at] ?? Number.POSITIVE_INFINITY) < (own[i] ?? 0)) at += 1;
    places[i] = at;
  }
  return places;
}
