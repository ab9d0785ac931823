import type { Frame, Gathered } from '../../../engine/sdk/index.js';
import type { FoldSummary } from '../../ports.js';
import { columns, type Origin, paragraph, type Section, type Table } from '../page/document.js';
import { day, fixed, NOTHING, percent, probability, whole } from '../page/numbers.js';
import { numberIn as number, type Row, textIn as text } from './read.js';

type Shown = readonly [name: string, cell: (row: Row) => string];

const NAME = 'Rhythm / scorer / profile';

const CHOSEN =
  'The interval of the best row is too good by the choice of the best: trust the deflated ratio, not the rank.';

const COMPARED: readonly Shown[] = [
  [NAME, (r) => text(r, 'row')],
  ['Verdict', (r) => text(r, 'verdict')],
  ['Total', (r) => percent(number(r, 'total'))],
  ['Annual', (r) => percent(number(r, 'annual'))],
  ['Sharpe', (r) => fixed(number(r, 'sharpe'), 2)],
  ['95% interval', (r) => interval(r, 'sharpe')],
  ['Drawdown', (r) => percent(number(r, 'drawdown'))],
  ['Trades', (r) => whole(number(r, 'trades'))],
  ['DSR', (r) => probability(number(r, 'dsr'))],
  ['q', (r) => probability(number(r, 'q'))],
  ['Buy & hold: Sharpe', (r) => fixed(number(r, 'benchmark_sharpe'), 2)],
];

const EARNED: readonly Shown[] = [
  [NAME, (r) => text(r, 'row')],
  ['Gross', (r) => percent(number(r, 'gross'), 2)],
  ['Costs', (r) => percent(number(r, 'cost'), 2)],
  ['Funding paid', (r) => percent(number(r, 'funding'), 2)],
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
  ['PSR', (r) => probability(number(r, 'psr'))],
  ['DSR', (r) => probability(number(r, 'dsr'))],
  ['DSR, one trial an event', (r) => probability(number(r, 'dsr_families'))],
  ['Trials', (r) => whole(number(r, 'trials'))],
  ['Events and rows', (r) => whole(number(r, 'families'))],
  ['p, mean above 0', (r) => probability(number(r, 'p'))],
  ['p, better than buy & hold', (r) => probability(number(r, 'p_better'))],
];

/** The rows side by side: what they earned, what it cost, and how much of it may be luck. */
export function comparisonSection(
  table: Frame,
  matrix: Frame,
  summaries: readonly Gathered<FoldSummary>[],
  origin: (port: string) => Origin,
): Section {
  const ranked = [...table.rows()];
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
        note: 'Annual figures of fewer than some 90 days are extrapolations. Drawdown: from the highest equity before, 1 at the start. DSR is the probability that the Sharpe ratio beats what the best of all trials would show by luck; q is the p-value of the row after the correction over all rows. Validated: q, DSR and the lower bound against buying and holding all pass. Unproven: q passes. Noise: q does not. Cash: nothing was ever traded.',
      },
      {
        kind: 'table',
        title: 'What was earned and what it cost, a year',
        ...laid(EARNED, full),
        origin: origin('matrix'),
        note: 'Shares of equity. Gross, costs and funding are means a day times the days of a year; net is compounded. Exposure is the mean gross position, turnover the sum of its changes.',
      },
      {
        kind: 'table',
        title: 'How much may be luck',
        ...laid(LUCK, full),
        origin: origin('matrix'),
        note: 'Intervals (95%) and p-values are from a stationary bootstrap of days; rows of one rhythm are drawn on the same days. Trials are distinct hypotheses plus the rows of this table.',
      },
      rhythmTable(summaries, origin),
      ...(ranked.every((row) => row.verdict === 'cash') ? [] : [paragraph(CHOSEN)]),
    ],
  };
}

/** What the folds of each rhythm are. */
function rhythmTable(
  summaries: readonly Gathered<FoldSummary>[],
  origin: (port: string) => Origin,
): Table {
  const rhythms = new Map<string, Map<string, FoldSummary['fold']>>();
  for (const { at, value } of summaries) {
    const name = at.rhythm ?? 'all';
    const folds = rhythms.get(name) ?? new Map();
    rhythms.set(name, folds.set(value.fold.id, value.fold));
  }
  return {
    kind: 'table',
    title: 'The folds of each rhythm',
    columns: columns(
      ['Rhythm'],
      ['Folds', 'Days to train', 'Days to test', 'First test day', 'Last test day'],
    ),
    rows: [...rhythms].map(([name, found]) => {
      const folds = [...found.values()];
      const from = Math.min(...folds.map((f) => f.test_from));
      const to = Math.max(...folds.map((f) => f.test_to));
      return [
        name,
        whole(folds.length),
        spread(folds.map((f) => f.train_to - f.train_from)),
        spread(folds.map((f) => f.test_to - f.test_from)),
        day(from),
        day(to - 1),
      ];
    }),
    origin: origin('summaries'),
    note: 'Everything is learned on the days to train alone; purge and embargo lie between them and the test.',
  };
}

function spread(lengths: readonly number[]): string {
  const days = lengths.map((ms) => ms / 86_400_000);
  const [low, high] = [Math.min(...days), Math.max(...days)];
  const told = (value: number) => String(Number(value.toFixed(2)));
  return low === high ? told(low) : `${told(low)} … ${told(high)}`;
}

function laid(shown: readonly Shown[], rows: readonly Row[]) {
  const texts = new Set([NAME, 'Verdict']);
  return {
    columns: shown.map(([name]) => ({ name, right: !texts.has(name) })),
    rows: rows.map((row) => shown.map(([, cell]) => cell(row))),
  };
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
