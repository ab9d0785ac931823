import type { Frame } from '../../../engine/sdk/index.js';
import type { Column, Origin, Section } from '../page/document.js';
import { paragraph } from '../page/document.js';
import { fixed, percent, probability, whole } from '../page/numbers.js';

type Row = Readonly<Record<string, number | boolean | string | null>>;
type Shown = readonly [name: string, cell: (row: Row) => string];

const number = (row: Row, name: string) => {
  const value = row[name];
  return typeof value === 'number' ? value : null;
};
const text = (row: Row, name: string) => String(row[name] ?? '');

const COMPARED: readonly Shown[] = [
  ['Rank', (r) => whole(number(r, 'rank'))],
  ['Rhythm / scorer / profile', (r) => text(r, 'row')],
  ['Annual', (r) => percent(number(r, 'annual'))],
  ['Volatility', (r) => percent(number(r, 'volatility'))],
  ['Sharpe', (r) => fixed(number(r, 'sharpe'), 2)],
  ['95% interval', (r) => interval(r, 'sharpe')],
  ['Drawdown', (r) => percent(number(r, 'drawdown'))],
  ['Trades', (r) => whole(number(r, 'trades'))],
  ['DSR', (r) => probability(number(r, 'dsr'))],
  ['q', (r) => probability(number(r, 'q'))],
  ['Verdict', (r) => text(r, 'verdict')],
];

const EARNED: readonly Shown[] = [
  ['Rhythm / scorer / profile', (r) => text(r, 'row')],
  ['Gross', (r) => percent(number(r, 'gross'), 2)],
  ['Costs', (r) => percent(number(r, 'cost'), 2)],
  ['Funding', (r) => percent(number(r, 'funding'), 2)],
  ['Net, a year', (r) => percent(number(r, 'annual'), 2)],
  ['Total', (r) => percent(number(r, 'total'), 2)],
  ['Turnover a day', (r) => fixed(number(r, 'turnover'), 2)],
  ['Exposure', (r) => percent(number(r, 'exposure'))],
  ['Active days', (r) => `${whole(number(r, 'active_days'))} of ${whole(number(r, 'days'))}`],
  ['Beta', (r) => fixed(number(r, 'beta'), 2)],
  ['Buy & hold: annual', (r) => percent(number(r, 'benchmark_annual'))],
  ['Sharpe', (r) => fixed(number(r, 'benchmark_sharpe'), 2)],
  ['Drawdown', (r) => percent(number(r, 'benchmark_drawdown'))],
];

const LUCK: readonly Shown[] = [
  ['Rhythm / scorer / profile', (r) => text(r, 'row')],
  ['Annual, interval', (r) => interval(r, 'annual', percent)],
  ['Drawdown, interval', (r) => interval(r, 'drawdown', percent)],
  ['PSR', (r) => probability(number(r, 'psr'))],
  ['DSR', (r) => probability(number(r, 'dsr'))],
  ['DSR, one trial an event', (r) => probability(number(r, 'dsr_families'))],
  ['Trials', (r) => whole(number(r, 'trials'))],
  ['Events', (r) => whole(number(r, 'families'))],
  ['p, mean above 0', (r) => probability(number(r, 'p'))],
  ['p, better than buy & hold', (r) => probability(number(r, 'p_better'))],
];

/** The rows side by side: what they earned, what it cost, and how much of it may be luck. */
export function comparisonSection(
  table: Frame,
  matrix: Frame,
  origin: (port: string) => Origin,
): Section {
  const ranked = [...table.rows()];
  const order = new Map(ranked.map((row, i) => [row.row, i]));
  const full = [...matrix.rows()].sort(
    (a, b) => (order.get(a.row ?? '') ?? 0) - (order.get(b.row ?? '') ?? 0),
  );
  return {
    title: 'Comparison',
    blocks: [
      {
        kind: 'table',
        title: 'Out of sample, folds put end to end, best Sharpe ratio first',
        ...laid(COMPARED, ranked),
        origin: origin('table'),
        note: 'DSR is the probability that the Sharpe ratio beats what the best of all trials would show by luck; q is the p-value of the row after the correction over all rows. Validated: q, DSR and the lower bound against buying and holding all pass. Unproven: q passes. Noise: q does not. Cash: nothing was ever traded.',
      },
      {
        kind: 'table',
        title: 'What was earned and what it cost, a year',
        ...laid(EARNED, full),
        origin: origin('matrix'),
        note: 'Gross, costs and funding are means a day times the days of a year; net is compounded. Exposure is the mean gross position as a share of equity, turnover the sum of its changes a day.',
      },
      {
        kind: 'table',
        title: 'How much may be luck',
        ...laid(LUCK, full),
        origin: origin('matrix'),
        note: 'Intervals and p-values are from a stationary bootstrap of days; rows of one rhythm are drawn on the same days. Trials are distinct hypotheses plus the rows of this table.',
      },
      paragraph(
        'The interval of the best row is too good by the choice of the best: trust the deflated ratio, not the rank.',
      ),
    ],
  };
}

function laid(shown: readonly Shown[], rows: readonly Row[]) {
  const columns: readonly Column[] = shown.map(([name], i) => ({
    name,
    right: !(name.includes('/') || name === 'Verdict') || (i === 0 && name === 'Rank'),
  }));
  return { columns, rows: rows.map((row) => shown.map(([, cell]) => cell(row))) };
}

function interval(
  row: Row,
  name: string,
  show: (value: number | null) => string = (value) => fixed(value, 2),
): string {
  return `${show(number(row, `${name}_low`))} … ${show(number(row, `${name}_high`))}`;
}
