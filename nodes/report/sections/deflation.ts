import type { Frame } from '../../../engine/sdk/index.js';
import { type Block, list, paragraph } from '../page/document.js';
import { fixed, whole } from '../page/numbers.js';
import { numberIn, type Row, textIn } from './read.js';

/** What a Sharpe ratio has to beat and why, and what each unproven result fails; nothing where nothing was traded. */
export function deflation(ranked: readonly Row[], matrix: Frame): readonly Block[] {
  const [any] = [...matrix.rows()];
  if (!any || ranked.every((row) => row.verdict === 'cash')) return [];
  const failed = failures(ranked);
  return [
    paragraph(spread(any)),
    ...(failed.length === 0
      ? []
      : [
          paragraph('What unproven results fail, and on what how many of their folds leaned:'),
          list(failed),
        ]),
  ];
}

/** All rows share their trials: one sentence does for all of them. */
function spread(row: Row): string {
  const [sd, best, kin] = ['trial_spread', 'best_by_luck', 'best_of_families'].map(
    (name) => numberIn(row, name) ?? NaN,
  );
  const [trials, families] = [numberIn(row, 'trials'), numberIn(row, 'families')];
  const times = sd === undefined || sd === 0 ? NaN : (best ?? NaN) / sd;
  const why =
    'q asks whether the mean is above 0, DSR whether the Sharpe ratio is above what the best of all trials would show without skill, which is far more.';
  return sd === 0
    ? `${why} Too few trials could be measured to tell how far their Sharpe ratios spread: nothing was deflated.`
    : `${why} Sharpe ratios of the trials, a year and before costs, have a standard deviation of ${fixed(sd, 2)}; the best of ${whole(trials)} is expected ${fixed(times, 2)} of these above 0, at ${fixed(best, 2)} (of ${whole(families)}, one trial an event: ${fixed(kin, 2)}). A row needs a Sharpe ratio so far above ${fixed(best, 2)} that the shortness of its record cannot explain it. Trials with a real effect widen the spread, which makes the hurdle stricter, never milder.`;
}

/** One line a result: rows with equal results fail alike. */
function failures(ranked: readonly Row[]): readonly string[] {
  const found = new Map<number | null, { readonly rows: string[]; readonly why: string }>();
  for (const row of ranked.filter(({ verdict }) => verdict === 'unproven')) {
    const result = numberIn(row, 'result');
    // First comes what the market is, which the page has said already.
    const [, ...why] = textIn(row, 'why').split('; ');
    const line = found.get(result) ?? { rows: [], why: why.join('; ') };
    found.set(result, line);
    line.rows.push(textIn(row, 'row'));
  }
  return [...found.values()].map(({ rows, why }) => `${rows.join(', ')}: ${why}.`);
}
