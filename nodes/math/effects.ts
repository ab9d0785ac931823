import { atLeast, inRange, sameSize } from './guard.js';
import { MathRefusal } from './refusal.js';
import type { Vector } from './vector.js';

/** How the variance between cells is estimated. */
export type BetweenMethod = 'dersimonian-laird' | 'paule-mandel' | 'reml';

/** Cells of one family pulled towards their common mean. */
export interface Shrunken {
  /** Mean of the family, and its standard error. */
  readonly mean: number;
  readonly se: number;
  /** Variance τ² of true effects between cells; 0 means that the cells cannot be told apart. */
  readonly between: number;
  /** Share B of the mean in each cell's posterior: 1 takes the mean, 0 the cell's own estimate. */
  readonly pull: Float64Array;
  readonly posterior: Float64Array;
  /** Standard deviation of each posterior; the doubt about the mean is part of it. */
  readonly deviation: Float64Array;
}

/** Below this many cells a family says nothing about its own spread: borrow τ² from the level above. */
export const LEAST_CELLS = 3;

const SETTLED = 1e-14;
const MOST_STEPS = 10_000;

/**
 * Variance τ² between the true effects of cells, 0 or more.
 * @param estimates  one a cell
 * @param errors     their standard errors, above 0
 * @throws           math/too-few-rows with fewer than three cells; math/sizes-differ; math/out-of-range; math/not-converged
 * @see              DerSimonian & Laird (1986), Controlled Clinical Trials 7; Paule & Mandel (1982), J. Research NBS 87
 */
export function betweenVariance(estimates: Vector, errors: Vector, method: BetweenMethod): number {
  check(estimates, errors);
  atLeast('the variance between cells', estimates.length, LEAST_CELLS);
  switch (method) {
    case 'dersimonian-laird':
      return moment(estimates, errors);
    case 'paule-mandel':
      return pauleMandel(estimates, errors);
    case 'reml':
      return restricted(estimates, errors);
  }
}

/**
 * Empirical-Bayes posteriors of cells whose true effects are normal around a common mean with variance τ².
 * Test either these posteriors or the raw estimates, never t-statistics of the shrunken means.
 * @throws math/too-few-rows without cells; math/sizes-differ; math/out-of-range
 * @see    Efron & Morris (1975), JASA 70; Rubin (1981), Journal of Educational Statistics 6
 */
export function shrinkEffects(estimates: Vector, errors: Vector, between: number): Shrunken {
  check(estimates, errors);
  atLeast('a family of effects', estimates.length, 1);
  inRange('between', between, between >= 0, '0 or more');
  const { mean, weight } = pooled(estimates, errors, between);
  const pull = Float64Array.from(errors, (s) => (s * s) / (s * s + between));
  const posterior = pull.map((b, i) => b * mean + (1 - b) * (estimates[i] ?? NaN));
  // B·τ² is 1/(1/s² + 1/τ²), and stays defined at τ² = 0.
  const deviation = pull.map((b) => Math.sqrt(b * between + (b * b) / weight));
  return { mean, se: 1 / Math.sqrt(weight), between, pull, posterior, deviation };
}

/** Cochran's Q: how far apart the cells are, k − 1 on average when nothing but their errors separates them. */
export function heterogeneity(estimates: Vector, errors: Vector, between = 0): number {
  const { mean } = pooled(estimates, errors, between);
  let q = 0;
  for (let i = 0; i < estimates.length; i++) {
    const d = (estimates[i] ?? NaN) - mean;
    q += (d * d) / weightless(errors[i] ?? NaN, between);
  }
  return q;
}

function weightless(error: number, between: number): number {
  return error * error + between;
}

function pooled(estimates: Vector, errors: Vector, between: number) {
  let weight = 0;
  let total = 0;
  for (let i = 0; i < estimates.length; i++) {
    const w = 1 / weightless(errors[i] ?? NaN, between);
    weight += w;
    total += w * (estimates[i] ?? NaN);
  }
  return { mean: total / weight, weight };
}

function moment(estimates: Vector, errors: Vector): number {
  let first = 0;
  let second = 0;
  for (let i = 0; i < errors.length; i++) {
    const w = 1 / weightless(errors[i] ?? NaN, 0);
    first += w;
    second += w * w;
  }
  const excess = heterogeneity(estimates, errors) - (estimates.length - 1);
  return Math.max(0, excess / (first - second / first));
}

/** The τ² at which Q is k − 1, by halving: Q falls as τ² grows. */
function pauleMandel(estimates: Vector, errors: Vector): number {
  const wanted = estimates.length - 1;
  if (heterogeneity(estimates, errors) <= wanted) return 0;
  let low = 0;
  let high = 1;
  for (let k = 0; k < 1100 && heterogeneity(estimates, errors, high) > wanted; k++) high *= 2;
  for (let k = 0; k < 200 && high - low > SETTLED * high; k++) {
    const middle = (low + high) / 2;
    if (heterogeneity(estimates, errors, middle) > wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Restricted maximum likelihood by its fixed point. @see Viechtbauer (2005), J. Educational and Behavioral Statistics 30 */
function restricted(estimates: Vector, errors: Vector): number {
  let between = moment(estimates, errors);
  for (let k = 0; k < MOST_STEPS; k++) {
    const { mean, weight } = pooled(estimates, errors, between);
    let above = 0;
    let below = 0;
    for (let i = 0; i < estimates.length; i++) {
      const s = errors[i] ?? NaN;
      const w = 1 / weightless(s, between);
      const d = (estimates[i] ?? NaN) - mean;
      above += w * w * (d * d - s * s);
      below += w * w;
    }
    const next = Math.max(0, above / below + 1 / weight);
    if (Math.abs(next - between) <= SETTLED * next) return next;
    between = next;
  }
  throw new MathRefusal('math/not-converged', {
    what: 'the variance between cells',
    steps: MOST_STEPS,
  });
}

function check(estimates: Vector, errors: Vector): void {
  sameSize('estimates and their errors', estimates.length, errors.length);
  for (let i = 0; i < estimates.length; i++) {
    const [y, s] = [estimates[i] ?? NaN, errors[i] ?? NaN];
    inRange('estimate', y, Number.isFinite(y), 'finite');
    inRange('error', s, s > 0 && s < Infinity, 'finite and above 0');
  }
}
