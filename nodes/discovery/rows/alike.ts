import { correlations } from '../../math/correlation.js';
import { diversified } from '../../math/diversify.js';
import { matrix } from '../../math/matrix.js';

/** One that may be promoted. */
export interface Contender {
  readonly id: string;
  readonly stressed: number;
  /** Return of each day of the window; NaN on days without a trade. */
  readonly active: Float64Array;
}

interface Limits {
  readonly correlation_most: number;
  readonly common_least: number;
  readonly at_most: number;
}

/** Why some are not promoted, by id: the promoted one they are like, or null where there was no room. */
export function leftOut(
  contenders: readonly Contender[],
  { correlation_most: most, common_least, at_most }: Limits,
): ReadonlyMap<string, string | null> {
  const size = contenders.length;
  const days = contenders[0]?.active.length ?? 0;
  const table = matrix(days, size);
  for (const [j, { active }] of contenders.entries()) {
    for (let day = 0; day < days; day++) table.values[day * size + j] = active[day] ?? NaN;
  }
  const alike = correlations(table, { least: common_least }).values.map(Math.abs);
  const ranked = contenders.map(({ id, stressed }) => ({ id, score: stressed }));
  const chosen = diversified(ranked, alike, { most, count: at_most });
  const out = new Map<string, string | null>();
  for (const [i, { id }] of contenders.entries()) {
    if (chosen.includes(i)) continue;
    const like = chosen.find((j) => !((alike[i * size + j] ?? NaN) < most));
    out.set(id, like === undefined ? null : (contenders[like]?.id ?? null));
  }
  return out;
}
