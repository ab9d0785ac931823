import { Frame, textColumn, timeColumn } from '../../../engine/sdk/index.js';
import { type Performance, performance } from '../../math/performance.js';
import type { Resampled } from '../../math/resampled.js';
import {
  deflatedSharpe,
  expectedMaximum,
  probabilisticSharpe,
  sharpeRatio,
} from '../../math/sharpe.js';
import { mean, sum } from '../../math/sum.js';
import type { Luck } from './luck.js';
import { columnOf, type Series } from './series.js';

/** Everything that is said of one row. */
export interface Line {
  readonly series: Series;
  readonly own: Performance;
  readonly base: Performance;
  readonly drawn: Resampled;
  readonly luck: Luck;
  readonly year: number;
  readonly beta: number;
  /** Number of its distinct result. */
  readonly result: number;
  /** Least p that the draws can tell. */
  readonly resolution: number;
}

export function lineOf(
  series: Series,
  base: Float64Array,
  rest: Pick<Line, 'drawn' | 'luck' | 'year' | 'result' | 'resolution'>,
): Line {
  return {
    series,
    own: performance(series.net, rest.year),
    base: performance(base, rest.year),
    beta: beta(series.net, base),
    ...rest,
  };
}

/** The table of rows, see contract `matrix`. */
export function matrixFrame(lines: readonly Line[]): Frame {
  const numbers = (of: (line: Line) => number) => Float64Array.from(lines, of);
  const texts = (of: (line: Line) => string) => textColumn(lines.map(of));
  const times = (of: (line: Line) => number) => timeColumn(Float64Array.from(lines, of));
  const yearly = (name: string) =>
    numbers(({ series, year }) => mean(columnOf(series, name)) * year);
  return Frame.of(
    {
      row: texts((l) => l.series.row),
      rhythm: texts((l) => l.series.rhythm),
      scorer: texts((l) => l.series.scorer),
      profile: texts((l) => l.series.profile),
      result: numbers((l) => l.result),
      folds: numbers((l) => l.series.folds.length),
      days: numbers((l) => l.series.days.length),
      active_days: numbers(({ series }) => active(series)),
      from: times((l) => l.series.days[0] ?? 0),
      to: times((l) => l.series.days[l.series.days.length - 1] ?? 0),
      total: numbers((l) => l.own.totalReturn),
      annual: numbers((l) => l.own.cagr),
      annual_low: numbers((l) => l.drawn.annual.low),
      annual_high: numbers((l) => l.drawn.annual.high),
      gross: yearly('gross'),
      cost: yearly('cost'),
      funding: yearly('funding'),
      volatility: numbers((l) => l.own.annualisedVolatility),
      sharpe: numbers((l) => l.own.sharpe),
      sharpe_low: numbers((l) => l.drawn.sharpe.low),
      sharpe_high: numbers((l) => l.drawn.sharpe.high),
      drawdown: numbers((l) => l.own.maxDrawdown),
      drawdown_low: numbers((l) => l.drawn.drawdown.low),
      drawdown_high: numbers((l) => l.drawn.drawdown.high),
      turnover: numbers((l) => mean(columnOf(l.series, 'turnover'))),
      exposure: numbers((l) => mean(columnOf(l.series, 'exposure'))),
      trades: numbers((l) => sum(columnOf(l.series, 'trades'))),
      psr: numbers(({ series }) => positive(series)),
      dsr: numbers(({ series, luck }) => deflated(series, luck.trials, luck.variance)),
      dsr_families: numbers(({ series, luck }) => deflated(series, luck.families, luck.variance)),
      trials: numbers((l) => l.luck.trials),
      trial_spread: numbers(({ luck, year }) => Math.sqrt(luck.variance * year)),
      best_by_luck: numbers(({ luck, year }) => bestByLuck(luck.trials, luck.variance * year)),
      families: numbers((l) => l.luck.families),
      best_of_families: numbers(({ luck, year }) =>
        bestByLuck(luck.families, luck.variance * year),
      ),
      p: numbers((l) => l.drawn.pPositive),
      p_least: numbers((l) => l.resolution),
      benchmark_annual: numbers((l) => l.base.cagr),
      benchmark_sharpe: numbers((l) => l.base.sharpe),
      benchmark_drawdown: numbers((l) => l.base.maxDrawdown),
      beta: numbers((l) => l.beta),
      p_better: numbers((l) => l.drawn.pBetter),
    },
    FRACTIONS,
  );
}

/** Columns that are shares of equity or changes of it, for whoever shows them. */
const FRACTIONS = Object.fromEntries(
  [
    ...['total', 'annual', 'annual_low', 'annual_high', 'gross', 'cost', 'funding', 'volatility'],
    ...['drawdown', 'drawdown_low', 'drawdown_high', 'turnover', 'exposure'],
    ...['benchmark_annual', 'benchmark_drawdown'],
  ].map((name) => [name, 'fraction']),
);

/** Sharpe ratio that the best of so many trials without skill is expected to show. */
function bestByLuck(trials: number, variance: number): number {
  return Math.sqrt(variance) * expectedMaximum(trials);
}

/** Days with a position or a trade. */
function active(series: Series): number {
  const exposure = columnOf(series, 'exposure');
  const turnover = columnOf(series, 'turnover');
  return exposure.filter((x, day) => x > 0 || (turnover[day] ?? 0) > 0).length;
}

/** NaN for a flat series: it has no Sharpe ratio to believe in. */
function positive({ net }: Series): number {
  const ratio = sharpeRatio(net);
  return Number.isNaN(ratio.sharpe) ? NaN : probabilisticSharpe(ratio);
}

function deflated({ net }: Series, trials: number, variance: number): number {
  const ratio = sharpeRatio(net);
  return Number.isNaN(ratio.sharpe) ? NaN : deflatedSharpe(ratio, trials, variance).probability;
}

/** cov / var of the benchmark; NaN when it is flat. */
function beta(own: Float64Array, base: Float64Array): number {
  const [a, b] = [mean(own), mean(base)];
  let [together, alone] = [0, 0];
  for (const [i, x] of base.entries()) {
    together += (x - b) * ((own[i] ?? NaN) - a);
    alone += (x - b) * (x - b);
  }
  return alone > 0 ? together / alone : NaN;
}
