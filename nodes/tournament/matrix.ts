import { defineNode, many, t } from '../../engine/sdk/index.js';
import { market } from '../kinds/market.js';
import { resampled } from '../math/resampled.js';
import { equity, foldResults, matrix, performance, trials } from '../ports.js';
import { lineOf, matrixFrame } from './rows/line.js';
import { luckOf } from './rows/luck.js';
import { resultsOf } from './rows/results.js';
import { benchmarkOf, seriesOf } from './rows/series.js';
import { equityFrame, foldFrame } from './rows/tables.js';

/*
 * 1. Folds of one rhythm, scorer and profile are put end to end; every figure is computed once, over the whole.
 * 2. Intervals come from a stationary bootstrap; all rows of a rhythm are drawn on the same days.
 * 3. The Sharpe ratio is deflated by all that was tried: distinct hypotheses over all folds, and the rows themselves. Rows
 *    with equal results count each: more trials deflate more, so this errs on the strict side.
 */

export default defineNode({
  type: 'tournament.matrix',
  doc: 'Put folds end to end and compare every combination out of sample, with intervals and the toll of many trials.',
  source: 'Bailey & López de Prado (2014), JPM 40(5); Politis & Romano (1994), JASA 89',
  time: 'fit',

  in: { returns: many(performance), benchmark: many(performance), trials: many(trials) },
  out: { matrix, equity, folds: foldResults },
  params: {
    market: t.spec(market, { doc: 'Its calendar annualises.' }),
    draws: t.integer({ default: 2000, min: 1, doc: 'Bootstrap draws.' }),
    confidence: t.number({
      default: 0.95,
      min: 0.5,
      max: 0.999,
      doc: 'Share of draws inside an interval.',
    }),
    seed: t.seed(),
  },
  errors: {
    'tournament/overlap':
      'Folds {first} and {second} of {row} both have {day}: test windows overlap.',
    'tournament/no-benchmark': 'Row {row} has no benchmark: none was given for rhythm {rhythm}.',
    'tournament/other-days':
      'Row {row} has {days} days and its benchmark {benchmark}, or other ones.',
  },

  run({ returns, benchmark, trials }, { market, draws, confidence }, ctx) {
    const year = market.calendar.days_per_year;
    const rows = seriesOf(returns, 'row', ctx);
    const bases = seriesOf(benchmark, 'benchmark', ctx);
    const luck = luckOf(trials, rows.length);
    const results = resultsOf(rows);
    const resolution = 1 / (draws + 1);
    const lines = rows.map((series, i) => {
      const base = benchmarkOf(series, bases, ctx);
      const random = ctx.random('bootstrap', series.rhythm);
      const uniform = () => random.uniform();
      const drawn = resampled(series.net, base, { draws, confidence, year, uniform });
      const result = results[i] ?? NaN;
      return lineOf(series, base, { drawn, luck, year, result, resolution });
    });
    const all = [...rows, ...bases].sort((a, b) => (a.row < b.row ? -1 : a.row > b.row ? 1 : 0));
    return { matrix: matrixFrame(lines), equity: equityFrame(all), folds: foldFrame(all) };
  },
});
