import type { Frame } from '../../../engine/sdk/index.js';
import { type Block, type Origin, paragraph, type Section } from '../page/document.js';
import { confidence, day, fixed, NOTHING, percent, resolved, whole } from '../page/numbers.js';
import { deflation } from './deflation.js';
import { afterCosts, type Funding } from './funding.js';
import { numberIn as number, type Row, textIn as text } from './read.js';

type Shown = readonly [name: string, cell: (row: Row) => string];

const NAME = 'Rhythm / scorer / profile';

const CHOSEN =
  'The interval of the best row is too good by the choice of the best: trust the deflated ratio, not the rank.';

const COMPARED: readonly Shown[] = [
  [NAME, (r) => text(r, 'row')],
  ['Verdict', (r) => text(r, 'verdict')],
  ['Fallbacks', (r) => `${whole(number(r, 'fallbacks'))} of ${whole(number(r, 'invested'))}`],
  ['Result', (r) => whole(number(r, 'result'))],
  ['Total', (r) => percent(number(r, 'total'))],
  ['Annual', (r) => percent(number(r, 'annual'))],
  ['Sharpe', (r) => fixed(number(r, 'sharpe'), 2)],
  ['95% interval', (r) => interval(r, 'sharpe')],
  ['Drawdown', (r) => percent(number(r, 'drawdown'))],
  ['Trades', (r) => whole(number(r, 'trades'))],
  ['DSR', (r) => confidence(number(r, 'dsr'))],
  ['q', (r) => text(r, 'q') || NOTHING],
  ['Buy & hold: Sharpe', (r) => fixed(number(r, 'benchmark_sharpe'), 2)],
  ['Days', period],
];

const EARNED: readonly Shown[] = [
  [NAME, (r) => text(r, 'row')],
  ['Gross', (r) => percent(number(r, 'gross'), 2)],
  ['Costs', (r) => percent(number(r, 'cost'), 2)],
  // Missing where no print says what it was, which is not 0.
  [
    'Funding paid',
    (r) => (number(r, 'funding') === null ? 'not known' : percent(number(r, 'funding'), 2)),
  ],
  ['Net', (r) => percent(number(r, 'annual'), 2)],
  ['Volatility', (r) => percent(number(r, 'volatility'))],
  ['Turnover a day', (r) => percent(number(r, 'turnover'))],
  ['Exposure', (r) => percent(number(r, 'exposure'))],
  ['Active days', (r) => `${whole(number(r, 'active_days'))} of ${whole(number(r, 'days'))}`],
  ['Beta', (r) => fixed(number(r, 'beta'), 2)],
  ['Buy & hold: annual', (r) => percent(number(r, 'benchmark_annual'))],
  ['Buy & hold: drawdown', (r) => percent(number(r, 'benchmark_drawdown'))],
];

const LUCK: readonly Shown[] = [
  [NAME, (r) => text(r, 'row')],
  ['Annual, interval', (r) => active(r, interval(r, 'annual', percent))],
  ['Drawdown, interval', (r) => active(r, interval(r, 'drawdown', percent))],
  ['PSR', (r) => confidence(number(r, 'psr'))],
  ['Best by luck', (r) => fixed(number(r, 'best_by_luck'), 2)],
  ['DSR', (r) => confidence(number(r, 'dsr'))],
  ['DSR, one trial an event', (r) => confidence(number(r, 'dsr_families'))],
  ['Trials', (r) => whole(number(r, 'trials'))],
  ['Events and rows', (r) => whole(number(r, 'families'))],
  ['p, mean above 0', (r) => resolved(number(r, 'p'), number(r, 'p_least'))],
  ['p, better than buy & hold', (r) => resolved(number(r, 'p_better'), number(r, 'p_least'))],
];

/**
 * The rows side by side: what they earned, what it cost, and how much of it may be luck.
 * @param folds    what tells of the folds behind them
 * @param funding  what net figures know of it
 */
export function comparisonSection(
  table: Frame,
  matrix: Frame,
  folds: readonly Block[],
  funding: Funding,
  origin: (port: string) => Origin,
): Section {
  const measured = new Map([...matrix.rows()].map((row) => [text(row, 'row'), row]));
  const ranked = [...table.rows()].map((row) => ({ ...measured.get(text(row, 'row')), ...row }));
  const order = new Map(ranked.map((row, i) => [text(row, 'row'), i]));
  const place = (row: Row) => order.get(text(row, 'row')) ?? ranked.length;
  const full = [...matrix.rows()].sort((a, b) => place(a) - place(b));
  return {
    title: 'Comparison',
    blocks: [
      {
        kind: 'table',
        title: 'Out of sample, folds put end to end, best Sharpe ratio first',
        ...laid(COMPARED, ranked),
        origin: origin('table'),
        note: `${otherDays(ranked)}Figures are ${afterCosts(funding)}. Annual figures of fewer than some 90 days are extrapolations. Drawdown: from the highest equity before, 1 at the start. DSR is the probability that the Sharpe ratio beats what the best of all trials would show by luck; q is the p-value of the row after the correction over all rows or over distinct results, whichever is larger; ≤ where no draw of the bootstrap was as bad, so that the draws cannot tell how small it is. Fallbacks: folds that leaned on them, of those that held anything. Result: rows of one number brought the very same on every day and are one result. Validated: q, DSR and the lower bound against buying and holding all pass. Degraded: they do, but half or more of the folds leaned on fallbacks. Unproven: q passes. Noise: q does not. Cash: nothing was ever traded.`,
      },
      {
        kind: 'table',
        title: `What was earned and what it cost, a year (net: ${afterCosts(funding)})`,
        ...laid(EARNED, full),
        origin: origin('matrix'),
        note: 'Shares of equity. Gross, costs and funding are means a day times the days of a year; net is compounded. Exposure is the mean gross position, turnover the sum of its changes.',
      },
      {
        kind: 'table',
        title: 'How much may be luck',
        ...laid(LUCK, full),
        origin: origin('matrix'),
        note: 'Intervals (95%) and p-values are from a stationary bootstrap of days; rows of one rhythm are drawn on the same days. ≤: the least the draws can tell, 1 / (draws + 1). Trials are distinct hypotheses plus the rows of this table, rows with equal results counted each: more trials make a deflated ratio lower, never higher. They are of this run alone: hypotheses looked at in earlier runs on the same market are not among them. Best by luck: the Sharpe ratio that the best of them is expected to show without skill.',
      },
      ...deflation(ranked, matrix),
      ...folds,
      ...(ranked.every((row) => row.verdict === 'cash') ? [] : [paragraph(CHOSEN)]),
    ],
  };
}

function laid(shown: readonly Shown[], rows: readonly Row[]) {
  const texts = new Set([NAME, 'Verdict']);
  return {
    columns: shown.map(([name]) => ({ name, right: !texts.has(name) })),
    rows: rows.map((row) => shown.map(([, cell]) => cell(row))),
  };
}

/** The days of a row and how many they are. */
function period(row: Row): string {
  const [from, to] = [number(row, 'from'), number(row, 'to')];
  const range = from === null || to === null ? '' : `: ${day(from)} … ${day(to)}`;
  return `${whole(number(row, 'days'))}${range}`;
}

/** That ranks compare what happened on different days; nothing where all rows have the same. */
function otherDays(ranked: readonly Row[]): string {
  return new Set(ranked.map(period)).size > 1
    ? 'The order compares rows over different days, those of each row stand in its last column: across rhythms it is no comparison on equal terms. '
    : '';
}

/** An interval of a row that never traded is empty words. */
function active(row: Row, cell: string): string {
  return number(row, 'active_days') === 0 ? NOTHING : cell;
}

function interval(
  row: Row,
  name: string,
  show: (value: number | null) => string = (value) => fixed(value, 2),
): string {
  const [low, high] = [number(row, `${name}_low`), number(row, `${name}_high`)];
  return low === null && high === null ? NOTHING : `${show(low)} … ${show(high)}`;
}
