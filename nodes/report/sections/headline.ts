import type { Frame, Gathered, JsonObject, SpecOf } from '../../../engine/sdk/index.js';
import type { cost } from '../../kinds/cost.js';
import type { market } from '../../kinds/market.js';
import type { FoldSummary } from '../../ports.js';
import { day, fixed, percent, probability, whole } from '../page/numbers.js';
import { numberIn, textIn } from './read.js';

type Summaries = readonly Gathered<FoldSummary>[];

/** The answer in a few sentences. */
export function headline(table: Frame, matrix: Frame, summaries: Summaries): string {
  const [best] = [...table.rows()];
  if (!best) return 'Nothing was compared.';
  const verdicts = table.texts('verdict');
  if (verdicts.every((verdict) => verdict === 'cash')) return cash(summaries);
  const own = [...matrix.rows()].find((row) => row.row === best.row) ?? {};
  const number = (name: string) => numberIn(best, name);
  const validated = verdicts.filter((verdict) => verdict === 'validated').length;
  const count =
    validated === 0 ? 'No row is' : validated === 1 ? 'One row is' : `${validated} rows are`;
  return [
    `${count} validated of ${table.length}.`,
    `The best by Sharpe ratio is ${textIn(best, 'row')} (${textIn(best, 'verdict')}):`,
    `${percent(number('total'))} in ${whole(numberIn(own, 'days'))} days after costs (${percent(number('annual'))} a year), Sharpe ${fixed(number('sharpe'), 2)}`,
    `with 95% interval ${fixed(number('sharpe_low'), 2)} … ${fixed(number('sharpe_high'), 2)}, drawdown ${percent(number('drawdown'))}.`,
    `That it is more than the best of ${whole(numberIn(own, 'trials'))} trials by luck has probability ${probability(number('dsr'))}.`,
    `Buying and holding had Sharpe ${fixed(number('benchmark_sharpe'), 2)} on the same days.`,
  ].join(' ');
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

/** What was looked at, and what a trade cost. */
export function scope(
  matrix: Frame,
  quality: readonly Gathered<JsonObject>[],
  { id, source }: SpecOf<typeof market>,
  { taker_bps, half_spread_bps, slippage_bps }: SpecOf<typeof cost>,
): string {
  const symbols = quality.map(({ at }) => at.symbol ?? '');
  const rows = [...matrix.rows()];
  const from = rows.reduce((m, row) => Math.min(m, numberIn(row, 'from') ?? m), Infinity);
  const to = rows.reduce((m, row) => Math.max(m, numberIn(row, 'to') ?? m), -Infinity);
  const side = taker_bps + half_spread_bps + slippage_bps;
  const days = Number.isFinite(from) ? `${day(from)} to ${day(to)}` : 'no days';
  const trials = rows.reduce((m, row) => Math.max(m, numberIn(row, 'trials') ?? 0), 0);
  const tried = Math.max(0, trials - rows.length);
  const made =
    source === 'simulator'
      ? ' The market is simulated: nothing here says anything of a real one.'
      : '';
  return `Market ${id}, ${symbols.length} symbols (${symbols.join(', ')}), out of sample ${days} (UTC). ${whole(tried)} hypotheses were looked at and ${rows.length} combinations compared: ${whole(trials)} trials. A trade costs ${fixed(side, 1)} basis points a side.${made}`;
}
