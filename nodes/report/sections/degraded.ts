import type { Gathered } from '../../../engine/sdk/index.js';
import type { FoldSummary } from '../../kinds/fold-summary.js';
import { list, paragraph, type Section } from '../page/document.js';
import { tally } from './read.js';

/** What has to be said of fallbacks before any number; nothing where there were none. */
export function degradedWarning(summaries: readonly Gathered<FoldSummary>[]): readonly string[] {
  const invested = summaries.filter(({ value }) => value.selection.winners > 0).length;
  const leaning = summaries.filter(({ value }) => value.degraded.length > 0);
  if (leaning.length === 0) return [];
  const reasons = tally(
    leaning.map(({ value }) => Object.fromEntries(value.degraded.map((why) => [why, 1]))),
  );
  const told = reasons.map(([why, count]) => `${why} in ${count}`).join('; ');
  const how = 2 * leaning.length >= invested ? 'Degraded' : 'Partly degraded';
  return [
    `${how}: ${leaning.length} of the ${invested} folds that held anything leaned on fallbacks (${told}). A fold is counted once a combination.`,
  ];
}

/** What leaned on fallbacks, fold by fold. */
export function degradedSection(summaries: readonly Gathered<FoldSummary>[]): Section {
  const found = new Map<string, Gathered<FoldSummary>[]>();
  for (const item of summaries) {
    for (const why of item.value.degraded) found.set(why, [...(found.get(why) ?? []), item]);
  }
  const all = summaries.length;
  const invested = summaries.filter(({ value }) => value.selection.winners > 0).length;
  const leaning = summaries.filter(({ value }) => value.degraded.length > 0).length;
  const lines = [...found]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([why, where]) => `${why}: ${where.length} of ${all}, in ${foldsOf(where)}`);
  const mostly = 2 * leaning >= invested && leaning > 0;
  const rest = `${leaning} of the ${invested} others leaned on fallbacks.${mostly ? ' That is half or more: the run is degraded.' : ''}`;
  const cash =
    invested === 0
      ? `All ${all} folds stayed in cash: nothing was weighed, so nothing fell back.`
      : `${all - invested} of ${all} folds stayed in cash; ${rest}`;
  return {
    title: 'Fallbacks and degraded folds',
    blocks: [
      paragraph(`A fold is counted once a combination. ${cash}`),
      ...(lines.length > 0 ? [list(lines)] : []),
    ],
  };
}

/** Folds by rhythm: `fast 1, 4; slow 2`. */
function foldsOf(items: readonly Gathered<FoldSummary>[]): string {
  const found = new Map<string, Set<string>>();
  for (const { at, value } of items) {
    const rhythm = at.rhythm ?? 'fold';
    found.set(rhythm, (found.get(rhythm) ?? new Set()).add(value.fold.id));
  }
  return [...found].map(([rhythm, folds]) => `${rhythm} ${[...folds].join(', ')}`).join('; ');
}
