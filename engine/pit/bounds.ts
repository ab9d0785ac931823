import type { Column } from '../frame/column.js';
import { sameRows } from './align.js';
import { iso, type Run, second } from './blind.js';
import { claimsOf } from './claims.js';
import { agreement, compare, type Pairs } from './differ.js';
import { type Disturbance, disturbed } from './disturb.js';
import { knownTimes, rowTimes, spanOf } from './known.js';
import { LAST_DIGITS } from './starts.js';

/** The farthest row that a change of one row was seen in, against what the compiler claims. */
export interface Bound {
  readonly port: string;
  readonly column: string;
  readonly claimed: number;
  readonly seen: number;
  /** Whether the claim is about this item alone, not about what it was given as well. */
  readonly own: boolean;
}

/** Where single rows are changed, as shares of the time; and how. */
const PLACES = [0.31, 0.46] as const;
const HOWS: readonly Disturbance[] = ['high', 'low', 'missing'];

/**
 * Change one row and see how far the change goes: never farther than the reach, and as far as it for some row. A reach that is
 * longer than anything that was seen is loose: sound, but it asks for more warm-up than is needed.
 */
export async function reachOf(run: Run): Promise<readonly Bound[]> {
  const seen = new Map<string, Bound>();
  const [from, to] = spanOf(run.tables);
  for (const place of PLACES)
    for (const how of HOWS) await changedAt(run, from + place * (to - from), how, seen);
  return [...seen.values()];
}

async function changedAt(
  run: Run,
  near: number,
  how: Disturbance,
  seen: Map<string, Bound>,
): Promise<void> {
  const times = run.tables.map((t) => rowTimes(t.frame, t.contract));
  const at = nearest(times, near);
  const changed = times.map((t) => rowAt(t, at));
  // A print that is seen at the close of a bar moves that bar, which opened before it: what counts is when each is known.
  const first = Math.min(
    ...run.tables.map((t, i) => knownTimes(t.frame, t.contract)?.[changed[i] ?? -1] ?? Infinity),
  );
  const frames = run.tables.map(({ frame, contract }, i) =>
    disturbed(frame, contract, (row) => row === changed[i], how, run.random),
  );
  await second(run, 'reach', `one row ${how} at ${iso(at)}`, frames, (output, base, other) => {
    const rows = output.contract && rowTimes(base, output.contract);
    if (!rows || !output.contract) return { cells: 0, differences: [] };
    const pairs = sameRows(base, other, output.contract);
    const claims = claimsOf(output, base);
    const known = knownTimes(base, output.contract) ?? rows;
    for (const [column, claim] of claims) {
      if (claim.kind !== 'finite' || !other.has(column)) continue;
      const far = farthest(base.get(column), other.get(column), pairs, rows);
      const every = claim.rows === 0 ? 1 : claim.reach / claim.rows;
      const id = `${output.port}.${column}`;
      const distance = Math.max(seen.get(id)?.seen ?? -1, Math.round((far - at) / every));
      const own = run.subject.carries !== true;
      seen.set(id, { port: output.port, column, claimed: claim.rows, seen: distance, own });
    }
    return compare(output, base, other, pairs, (name) => {
      const claim = claims.get(name);
      if (claim?.kind !== 'finite') return undefined;
      const counts = (row: number): boolean =>
        (known[row] ?? 0) < first || (rows[row] ?? 0) > at + claim.reach;
      return { within: LAST_DIGITS, counts };
    });
  });
}

type Times = Readonly<Float64Array> | undefined;

/** The last row at or before a time; −1 where there is none. */
function rowAt(times: Times, at: number): number {
  let row = -1;
  while (times && row + 1 < times.length && (times[row + 1] ?? 0) <= at) row += 1;
  return row;
}

/** The time of a row of the longest table, at or before some time. */
function nearest(times: readonly Times[], near: number): number {
  const longest = times.reduce<Times>(
    (a, b) => ((b?.length ?? 0) > (a?.length ?? 0) ? b : a),
    undefined,
  );
  return longest?.[Math.max(0, rowAt(longest, near))] ?? near;
}

/** The time of the last row in which a column has changed, beyond its last digits; −∞ where none has. */
function farthest(base: Column, other: Column, pairs: Pairs, rows: Readonly<Float64Array>): number {
  const same = agreement(base, other, { within: LAST_DIGITS });
  for (let i = pairs.base.length - 1; i >= 0; i -= 1) {
    const row = pairs.base[i] ?? 0;
    if (!same(row, pairs.other[i] ?? 0)) return rows[row] ?? Number.NEGATIVE_INFINITY;
  }
  return Number.NEGATIVE_INFINITY;
}
