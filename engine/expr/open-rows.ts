import type { Groups } from './kernels/groups.js';

/**
 * Rows of a patchy value that still depend on where the data start, 1 each. With a key that data decide a group may come up, or
 * come back, at any time: its rows settle one by one, not from some row on.
 */
export type OpenRows = Readonly<Uint8Array>;

/** What an operator's input leaves open, and how many rows back the operator looks at it. */
export interface OpenInput {
  readonly open: OpenRows;
  readonly back: number;
}

/** Open is what rests on an open row; a group rests on nothing before its own rows. */
export function openThrough(
  inputs: readonly OpenInput[],
  rows: number,
  groups: Groups | undefined,
): Uint8Array {
  const out = new Uint8Array(rows);
  for (const { open, back } of inputs) {
    let group = 0;
    let last = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < rows; i += 1) {
      for (; groups !== undefined && i >= (groups.starts[group] ?? rows); group += 1)
        last = Number.NEGATIVE_INFINITY;
      if (open[i] === 1) last = i;
      if (i - last <= back) out[i] = 1;
    }
  }
  return out;
}

/** What comes back from groups is open where its group is not settled yet, and before the key is. */
export function openAfterGroups(
  groups: Groups,
  settled: Readonly<Int32Array>,
  key: number,
  inside: OpenRows | undefined,
  rows: number,
): Uint8Array {
  const out = new Uint8Array(rows).fill(1, 0, Math.min(key, rows));
  for (let g = 0; g + 1 < groups.starts.length; g += 1) {
    const start = groups.starts[g] ?? 0;
    const end = groups.starts[g + 1] ?? start;
    for (let at = start; at < end; at += 1)
      if (at - start < (settled[g] ?? 0) || inside?.[at] === 1) out[groups.rows[at] ?? 0] = 1;
  }
  return out;
}
