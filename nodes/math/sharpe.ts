import { inRange } from './guard.js';
import { moments } from './moments.js';
import { normalCdf, normalDensity, normalUpperQuantile } from './normal.js';
import { power } from './power.js';
import type { Vector } from './vector.js';

/** Euler's constant γ: the mean of the Gumbel law that maxima tend to. */
const EULER = 0.5772156649015329;

/** Below this many trials the large-sample approximation of the expected maximum is poor, and the integral is taken. */
const EXACT_BELOW = 5;

/** A Sharpe ratio per period, never annualised, with what its precision depends on. */
export interface SharpeRatio {
  readonly n: number;
  /** Mean over standard deviation (ddof 1), per period; NaN for a flat series. */
  readonly sharpe: number;
  readonly skew: number;
  /** Raw kurtosis: 3 for the normal. Excess kurtosis here would overstate every probability below. */
  readonly kurtosis: number;
}

/** Sharpe ratio of a return series over a zero rate, with its moments; NaN is skipped. */
export function sharpeRatio(returns: Vector): SharpeRatio {
  const { n, mean, deviation, skew, kurtosis } = moments(returns);
  return { n, sharpe: deviation > 0 ? mean / deviation : NaN, skew, kurtosis };
}

/** Standard error of a Sharpe ratio of returns that need not be normal: √((1 − g₃s + (g₄−1)/4·s²)/(n − 1)).
 * @throws math/out-of-range when the moments are those of no distribution */
export function sharpeError(ratio: SharpeRatio): number {
  const spread = sharpeSpread(ratio);
  return Math.sqrt(spread / (ratio.n - 1));
}

/**
 * Probabilistic Sharpe ratio: the probability that the true Sharpe ratio exceeds `benchmark`.
 * @param benchmark  per period, as the ratio itself
 * @see  Bailey & López de Prado (2012), The Sharpe Ratio Efficient Frontier, Journal of Risk 15(2)
 */
export function probabilisticSharpe(ratio: SharpeRatio, benchmark = 0): number {
  return normalCdf((ratio.sharpe - benchmark) / sharpeError(ratio));
}

/**
 * Expected largest of `trials` independent standard normal draws: 0 for one trial, the integral below five,
 * otherwise (1−γ)Φ⁻¹(1−1/N) + γΦ⁻¹(1−1/(Ne)). `trials` is the effective number and need not be whole.
 * @throws math/out-of-range when trials < 1
 */
export function expectedMaximum(trials: number): number {
  return trials < EXACT_BELOW ? expectedMaximumExact(trials) : expectedMaximumApproximate(trials);
}

/** The approximation by the Gumbel law; trials above 1. */
export function expectedMaximumApproximate(trials: number): number {
  inRange('trials', trials, trials > 1, 'above 1');
  return (
    (1 - EULER) * normalUpperQuantile(1 / trials) +
    EULER * normalUpperQuantile(1 / (trials * Math.E))
  );
}

/** ∫ x·N·φ(x)·Φ(x)^(N−1) dx by the trapezoidal rule, which converges beyond all powers for such a bell. */
export function expectedMaximumExact(trials: number): number {
  inRange('trials', trials, trials >= 1, '1 or more');
  const step = 1 / 32;
  let total = 0;
  for (let k = -320; k <= 320; k++) {
    const x = k * step;
    total += x * trials * normalDensity(x) * power(normalCdf(x), trials - 1);
  }
  return total * step;
}

/**
 * Deflated Sharpe ratio: PSR against what the best of `trials` skill-less strategies would be expected to show.
 * @param variance  of the Sharpe ratios across trials, per period
 * @param trials    how many independent trials were looked at
 * @returns         `threshold` per period, and `probability`
 * @throws          math/out-of-range
 * @see  Bailey & López de Prado (2014), The Deflated Sharpe Ratio, Journal of Portfolio Management 40(5)
 */
export function deflatedSharpe(
  ratio: SharpeRatio,
  trials: number,
  variance: number,
): { readonly threshold: number; readonly probability: number } {
  inRange('variance', variance, variance >= 0, '0 or more');
  const threshold = Math.sqrt(variance) * expectedMaximum(trials);
  return { threshold, probability: probabilisticSharpe(ratio, threshold) };
}

/**
 * Minimum track record: how many periods it takes to believe, with `confidence`, that the ratio exceeds `benchmark`.
 * @returns periods; ∞ when the ratio does not exceed the benchmark
 * @see  Bailey & López de Prado (2012), section 5
 */
export function minimumTrack(ratio: SharpeRatio, benchmark: number, confidence = 0.95): number {
  inRange('confidence', confidence, confidence > 0.5 && confidence < 1, 'between 0.5 and 1');
  const above = ratio.sharpe - benchmark;
  if (!(above > 0)) return Number.isNaN(above) ? NaN : Infinity;
  const z = normalUpperQuantile(1 - confidence) / above;
  return 1 + sharpeSpread(ratio) * z * z;
}

/**
 * Minimum backtest length: years below which the best of `trials` skill-less strategies is expected to show `target`.
 * @param target  annual Sharpe ratio
 * @see  Bailey, Borwein, López de Prado & Zhu (2014), Notices of the AMS 61(5)
 */
export function minimumBacktest(trials: number, target: number): number {
  inRange('target', target, target > 0, 'above 0');
  const ratio = expectedMaximum(trials) / target;
  return ratio * ratio;
}

/** Effective number of independent trials among `trials` with average correlation ρ: ρ + (1 − ρ)·M. */
export function effectiveTrials(trials: number, correlation: number): number {
  inRange('correlation', correlation, correlation >= 0 && correlation <= 1, 'from 0 to 1');
  return correlation + (1 - correlation) * trials;
}

/**
 * Factor that annualises a Sharpe ratio of `q` periods with autocorrelation ρ₁ … ρ_{q−1}: √q when all are 0.
 * @param autocorrelations  ρ₁, ρ₂, …; those beyond the list count as 0
 * @see  Lo (2002), The Statistics of Sharpe Ratios, Financial Analysts Journal 58(4)
 */
export function annualisingFactor(q: number, autocorrelations: Vector): number {
  let total = q;
  for (let k = 1; k < q; k++) total += 2 * (q - k) * (autocorrelations[k - 1] ?? 0);
  return total > 0 ? q / Math.sqrt(total) : NaN;
}

function sharpeSpread({ n, sharpe, skew, kurtosis }: SharpeRatio): number {
  if (Number.isNaN(sharpe)) return NaN;
  inRange('n', n, n >= 2, '2 or more');
  const spread = 1 - skew * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
  inRange('skew and kurtosis', spread, spread >= 0, 'moments of a distribution');
  return spread;
}
