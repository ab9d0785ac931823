import { rollingPairs } from './pairs.js';

/** Who takes part in cross-sections on a common grid of rows. */
export interface Panel {
  readonly rows: number;
  /** For each symbol, in order of id, its values on the grid; NaN where it takes no part. */
  readonly values: readonly Float64Array[];
  /** For each symbol the group it is in, by grid row, −1 for none; undefined where all are one group. */
  readonly groups: readonly Int32Array[] | undefined;
  readonly anchors: Readonly<Uint8Array>;
}

/** Sums of known correlations, how many there are, and how many members, by grid row. */
interface Tally {
  readonly sum: Float64Array;
  readonly pairs: Int32Array;
  readonly members: Int32Array;
}

/**
 * For each symbol and grid row the mean of the rolling correlations of all pairs of members, in one group where there are
 * groups. A pair counts the rows where both are known, so each has sums of its own: N²/2 updates a row of the grid, O(N) a
 * symbol. With `others` the pairs that hold the symbol are left out.
 * @returns NaN where fewer than `atLeast` members (after leaving out) or no pair has a correlation.
 */
export function meanCorrelations(
  panel: Panel,
  window: number,
  min: number,
  others: boolean,
  atLeast: number,
): readonly Float64Array[] {
  const { values, groups, rows } = panel;
  const whole = Array.from({ length: groups === undefined ? 1 : highest(groups) + 1 }, () =>
    tally(rows),
  );
  const own = others ? values.map(() => [tally(rows)]) : [];
  values.forEach((of, s) => {
    count(of, groups?.[s], whole);
  });
  const corr = new Float64Array(rows);
  for (let i = 0; i < values.length; i += 1)
    for (let j = i + 1; j < values.length; j += 1) {
      rollingPairs(
        values[i] ?? corr,
        values[j] ?? corr,
        window,
        min,
        panel.anchors,
        'corr',
        0,
        corr,
      );
      onlyMembers(panel, i, j, corr);
      take(corr, groups?.[i], whole);
      take(corr, undefined, own[i] ?? []);
      take(corr, undefined, own[j] ?? []);
    }
  return values.map((of, s) => means(of, groups?.[s], whole, own[s]?.[0], atLeast));
}

function tally(rows: number): Tally {
  return {
    sum: new Float64Array(rows),
    pairs: new Int32Array(rows),
    members: new Int32Array(rows),
  };
}

function highest(groups: readonly Int32Array[]): number {
  return groups.reduce((top, of) => of.reduce((most, g) => Math.max(most, g), top), -1);
}

function count(
  values: Readonly<Float64Array>,
  groups: Readonly<Int32Array> | undefined,
  into: readonly Tally[],
): void {
  for (let t = 0; t < values.length; t += 1) {
    const members = Number.isNaN(values[t]) ? undefined : into[groups?.[t] ?? 0]?.members;
    if (members !== undefined) members[t] = (members[t] ?? 0) + 1;
  }
}

/** A pair has no correlation at rows where either is no member, or they are in different groups. */
function onlyMembers({ values, groups }: Panel, i: number, j: number, corr: Float64Array): void {
  const [a, b] = [values[i], values[j]];
  const [g, h] = [groups?.[i], groups?.[j]];
  for (let t = 0; t < corr.length; t += 1)
    if (Number.isNaN(a?.[t]) || Number.isNaN(b?.[t]) || g?.[t] !== h?.[t]) corr[t] = Number.NaN;
}

function take(
  corr: Readonly<Float64Array>,
  groups: Readonly<Int32Array> | undefined,
  into: readonly Tally[],
): void {
  for (let t = 0; t < corr.length; t += 1) {
    const value = corr[t] ?? Number.NaN;
    const of = Number.isNaN(value) ? undefined : into[groups?.[t] ?? 0];
    if (of === undefined) continue;
    of.sum[t] = (of.sum[t] ?? 0) + value;
    of.pairs[t] = (of.pairs[t] ?? 0) + 1;
  }
}

/** What a symbol is told: of the pairs in its group, without its own where these are given. */
function means(
  values: Readonly<Float64Array>,
  groups: Readonly<Int32Array> | undefined,
  whole: readonly Tally[],
  own: Tally | undefined,
  atLeast: number,
): Float64Array {
  const out = new Float64Array(values.length);
  for (let t = 0; t < out.length; t += 1) {
    const all = whole[groups?.[t] ?? 0];
    const left = own === undefined || Number.isNaN(values[t]) ? 0 : 1;
    const members = (all?.members[t] ?? 0) - left;
    const pairs = (all?.pairs[t] ?? 0) - (own?.pairs[t] ?? 0);
    const sum = (all?.sum[t] ?? 0) - (own?.sum[t] ?? 0);
    const known = pairs > 0 && members >= atLeast;
    out[t] = known ? Math.max(-1, Math.min(1, sum / pairs)) : Number.NaN;
  }
  return out;
}
