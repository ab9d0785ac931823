import type { Frame, Gathered, JsonObject, Span, SpecOf } from '../../../engine/sdk/index.js';
import type { cost } from '../../kinds/cost.js';
import type { Costs } from '../../kinds/costs.js';
import type { FoldSummary } from '../../kinds/fold-summary.js';
import type { market } from '../../kinds/market.js';
import { confidence, day, fixed, percent, probability, whole } from '../page/numbers.js';
import { sideSentence } from './charged.js';
import { reachedBy } from './counts.js';
import { untestedDays } from './coverage.js';
import { bestByLuck, lookedAt } from './ever.js';
import { numberIn, type Row, textIn } from './read.js';
import { combinations } from './twins.js';
import { warmedUp } from './warmup.js';

type Summaries = readonly Gathered<FoldSummary>[];

/** The answer in a few sentences. @param after  what is taken off net figures, in a few words */
export function headline(table: Frame, matrix: Frame, summaries: Summaries, after: string): string {
  const [best] = [...table.rows()];
  if (!best) return 'Nothing was compared.';
  const ranked = [...table.rows()];
  const verdicts = ranked.map((row) => textIn(row, 'verdict'));
  if (verdicts.every((verdict) => verdict === 'cash')) return cash(summaries);
  const own = [...matrix.rows()].find((row) => row.row === best.row) ?? {};
  const number = (name: string) => numberIn(best, name);
  const [fallbacks, invested] = [number('fallbacks') ?? 0, number('invested')];
  const leans =
    fallbacks === 0 ? '' : `, ${fallbacks} of its ${whole(invested)} folds leaned on fallbacks`;
  return [
    combinations(matrix),
    worth(ranked),
    `The best by Sharpe ratio is ${textIn(best, 'row')} (${textIn(best, 'verdict')}${leans}):`,
    `${percent(number('total'))} in ${whole(numberIn(own, 'days'))} days ${after} (${percent(number('annual'))} a year), Sharpe ${fixed(number('sharpe'), 2)}`,
    `with 95% interval ${fixed(numberIn(own, 'sharpe_low'), 2)} … ${fixed(numberIn(own, 'sharpe_high'), 2)}, drawdown ${percent(number('drawdown'))}.`,
    `That it is more than the best of ${whole(numberIn(own, 'trials'))} trials by luck has probability ${confidence(number('dsr'))}.`,
    `Buying and holding had Sharpe ${fixed(number('benchmark_sharpe'), 2)} on the same days.`,
  ].join(' ');
}

/** How many results stood every test, and how many of those on fallbacks; twins are one. */
function worth(rows: readonly Row[]): string {
  const results = (of: readonly Row[]) => new Set(of.map((row) => numberIn(row, 'result'))).size;
  const having = (verdict: string) => results(rows.filter((row) => row.verdict === verdict));
  const all = results(rows);
  const [validated, degraded] = [having('validated'), having('degraded')];
  const told = `Validated: ${validated === 0 ? 'none' : validated} of ${all === 1 ? 'one result' : `${all} results`}.`;
  return degraded === 0
    ? told
    : `${told} Degraded: ${degraded}, which would be but for fallbacks in half or more of the folds.`;
}

/** Why nothing was ever held; that is an answer too. */
function cash(summaries: Summaries): string {
  const folds = new Set(summaries.map(({ at, value }) => `${at.rhythm ?? ''}/${value.fold.id}`));
  const found = summaries.reduce((sum, { value }) => sum + value.discovery.passed, 0);
  const q = summaries.flatMap(({ value: { discovery } }) => discovery.least_q ?? []);
  const best = q.length === 0 ? '' : `; the least q of all was ${probability(Math.min(...q))}`;
  const ends = 'every combination stayed in cash. That is the result, not a failure.';
  return found === 0
    ? `No hypothesis survived the correction and the gates in any of ${folds.size} folds${best}: ${ends}`
    : `Some hypotheses survived in ${folds.size} folds, but none became a position that traded: ${ends}`;
}

/** What was looked at. */
interface Scope {
  readonly matrix: Frame;
  /** What was ever looked at, where the lake was asked. */
  readonly ledger: Frame | undefined;
  readonly summaries: Summaries;
  readonly candidates: readonly Gathered<Frame>[];
  readonly quality: readonly Gathered<JsonObject>[];
  readonly costs: readonly Gathered<Costs>[] | undefined;
}

/** Days that folds were cut from, and the history before them. */
interface Asked {
  readonly span: Span;
  readonly warmup: number;
}

/** What was looked at, on which days, and what a trade cost. */
export function scope(
  { matrix, ledger, summaries, candidates, quality, costs }: Scope,
  { span, warmup }: Asked,
  { id, source }: SpecOf<typeof market>,
  charged: SpecOf<typeof cost>,
): string {
  const symbols = quality.map(({ at }) => at.symbol ?? '');
  const rows = [...matrix.rows()];
  const from = rows.reduce((m, row) => Math.min(m, numberIn(row, 'from') ?? m), Infinity);
  const to = rows.reduce((m, row) => Math.max(m, numberIn(row, 'to') ?? m), -Infinity);
  const days = Number.isFinite(from) ? `${day(from)} to ${day(to)}` : 'no days';
  const trials = rows.reduce((m, row) => Math.max(m, numberIn(row, 'trials') ?? 0), 0);
  const { grid, looked, tested } = reachedBy(candidates);
  const counted = new Set(rows.map((row) => numberIn(row, 'result'))).size < rows.length;
  const twins = counted
    ? '; equal results are counted each, which makes the deflated ratio lower, never higher'
    : '';
  const kind = source === 'simulator' ? 'simulated' : 'real bars';
  return `Market ${id} (${kind}), ${symbols.length} symbols (${symbols.join(', ')}), out of sample ${days} (UTC).${untestedDays(summaries, span)} ${warmedUp(span, warmup)} Of ${whole(grid.hypotheses)} hypotheses in the grid ${whole(looked.hypotheses)} could be looked at and ${whole(tested.hypotheses)} occurred often enough to be tested; the ${whole(looked.hypotheses)} and ${rows.length === 1 ? 'one combination' : `${rows.length} combinations`} compared make ${whole(trials)} trials${twins}. ${countedOf(ledger, rows)} ${sideSentence(charged, costs)}`;
}

/** How far the count of trials goes, and how high the hurdle is with all that was ever looked at. */
function countedOf(ledger: Frame | undefined, rows: readonly Row[]): string {
  const alone = 'The count is of this run alone: what earlier runs looked at';
  if (!ledger) return `${alone} in the same market is not in it and deflates nothing.`;
  const [spread = NaN, own = NaN] = ['trial_spread', 'best_by_luck'].map(
    (name) => numberIn(rows[0] ?? {}, name) ?? NaN,
  );
  const { hypotheses, events } = lookedAt(ledger);
  const [all, kin] = [hypotheses, events].map((count) => count + rows.length);
  const best = (count: number) => fixed(bestByLuck(count, spread), 2);
  const hurdle =
    spread > 0
      ? `; against the best of all of them by luck a Sharpe ratio a year would have to beat ${best(all ?? NaN)} (${best(kin ?? NaN)} with one trial an event), against this run's ${fixed(own, 2)}`
      : '';
  return `${alone} is not in it and deflates nothing. Ever looked at here, by this run and others: ${whole(hypotheses)} hypotheses on ${whole(events)} events${hurdle}.`;
}
