import { resample, stationaryIndices, type Uniform } from './bootstrap.js';
import { maxDrawdown } from './drawdown.js';
import { inRange } from './guard.js';
import { present } from './missing.js';
import { quantileOfSorted } from './quantile.js';
import { deviation, mean } from './sum.js';
import type { Vector } from './vector.js';

/** A percentile interval. NaN when no draw had a value. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** What resampling says of a daily series and of the same days of a benchmark. */
export interface Resampled {
  /** Growth a year. */
  readonly annual: Interval;
  readonly sharpe: Interval;
  readonly drawdown: Interval;
  /** (draws whose mean is not above 0, plus 1) / (draws plus 1); NaN for a flat series. */
  readonly pPositive: number;
  /** The same for draws whose Sharpe ratio is not above the benchmark's; NaN if either is flat. */
  readonly pBetter: number;
}

/** How a series is resampled. */
export interface ResampleRule {
  readonly draws: number;
  /** Share of draws inside an interval. */
  readonly confidence: number;
  /** Days a year. */
  readonly year: number;
  readonly uniform: Uniform;
}

/** Mean block of n days: ⌈∛n⌉, at least 5. */
export function meanBlock(n: number): number {
  return Math.max(5, Math.ceil(Math.cbrt(n) - 1e-9));
}

/**
 * Stationary bootstrap of daily returns; series and benchmark are drawn on the same days.
 * @throws math/out-of-range without draws or with a confidence that is no share
 * @see    Politis & Romano (1994), The Stationary Bootstrap, JASA 89
 */
export function resampled(returns: Vector, benchmark: Vector, rule: ResampleRule): Resampled {
  const { draws, confidence, year, uniform } = rule;
  inRange('draws', draws, Number.isSafeInteger(draws) && draws > 0, 'a whole number, 1 or more');
  inRange('confidence', confidence, confidence > 0 && confidence < 1, 'between 0 and 1');
  const n = returns.length;
  const flat = !(deviation(returns) > 0);
  const annual = new Float64Array(draws).fill(NaN);
  const sharpe = new Float64Array(draws).fill(NaN);
  const depth = new Float64Array(draws).fill(NaN);
  let [notPositive, notBetter] = [0, 0];
  const block = meanBlock(n);
  for (let draw = 0; draw < draws && n > 0; draw++) {
    const days = stationaryIndices(n, block, uniform);
    const own = resample(returns, days);
    annual[draw] = growth(own, year);
    sharpe[draw] = ratio(own, year);
    depth[draw] = maxDrawdown(own);
    if (!(mean(own) > 0)) notPositive++;
    if (!((sharpe[draw] ?? NaN) > ratio(resample(benchmark, days), year))) notBetter++;
  }
  const share = (count: number, known: boolean) => (known ? (count + 1) / (draws + 1) : NaN);
  return {
    annual: interval(annual, confidence),
    sharpe: interval(sharpe, confidence),
    drawdown: interval(depth, confidence),
    pPositive: share(notPositive, n > 0 && !flat),
    pBetter: share(notBetter, n > 0 && !flat && deviation(benchmark) > 0),
  };
}

/** Growth a year from logarithms; −1 after ruin. */
function growth(returns: Vector, year: number): number {
  let total = 0;
  for (let i = 0; i < returns.length; i++) {
    const r = returns[i] ?? NaN;
    if (r <= -1) return -1;
    total += Math.log1p(r);
  }
  return Math.expm1((total / returns.length) * year);
}

function ratio(returns: Vector, year: number): number {
  const spread = deviation(returns);
  return spread > 0 ? (mean(returns) / spread) * Math.sqrt(year) : NaN;
}

function interval(values: Float64Array, confidence: number): Interval {
  const sorted = present(values).sort();
  const tail = (1 - confidence) / 2;
  return { low: quantileOfSorted(sorted, tail), high: quantileOfSorted(sorted, 1 - tail) };
}
