import type { Gathered } from '../../../engine/sdk/index.js';
import type { FoldSummary } from '../../kinds/fold-summary.js';
import { rowOf } from './series.js';

/** How much of a row leans on fallbacks. */
export interface Leaning {
  /** Folds that held anything. */
  readonly invested: number;
  /** Those of them that leaned on fallbacks. */
  readonly degraded: number;
  /** Each reason with the number of folds that had it, most first. */
  readonly why: readonly string[];
}

/** What the folds of each row leaned on, by row. */
export function leaningOf(
  summaries: readonly Gathered<FoldSummary>[],
): ReadonlyMap<string, Leaning> {
  const folds = new Map<string, FoldSummary[]>();
  for (const item of summaries) {
    const row = rowOf(item);
    folds.set(row, [...(folds.get(row) ?? []), item.value]);
  }
  return new Map([...folds].map(([row, own]) => [row, summedUp(own)]));
}

/** A row of which half or more of what was held leaned on fallbacks: a rule nobody chose made it. */
export function mostlyFallbacks({ invested, degraded }: Leaning): boolean {
  return degraded > 0 && 2 * degraded >= invested;
}

function summedUp(folds: readonly FoldSummary[]): Leaning {
  const reasons = new Map<string, number>();
  for (const why of folds.flatMap(({ degraded }) => degraded))
    reasons.set(why, (reasons.get(why) ?? 0) + 1);
  const sorted = [...reasons].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : a > b ? 1 : 0));
  return {
    invested: folds.filter(({ selection }) => selection.winners > 0).length,
    degraded: folds.filter(({ degraded }) => degraded.length > 0).length,
    why: sorted.map(([why, n]) => `${why}: ${n}`),
  };
}
