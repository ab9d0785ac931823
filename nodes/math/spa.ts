import { stationaryVariance } from './bootstrap.js';
import { allFinite, atLeast, sameSize } from './guard.js';
import { columnOf, type Matrix } from './matrix.js';
import { mean, variance } from './sum.js';

/** A p-value by simulation. */
export interface SimulatedP {
  /** Share of draws beyond the statistic: b/B. */
  readonly share: number;
  /** (b + 1)/(B + 1): never 0; gate on this one. */
  readonly gated: number;
}

/** Tests that the best of many models beats a benchmark by more than its having been picked explains. */
export interface PredictiveAbility {
  readonly draws: number;
  /** White's reality check: the largest √n·mean, not studentised. */
  readonly white: SimulatedP & { readonly statistic: number };
  /** Hansen's studentised statistic; 0 when no model is better. */
  readonly statistic: number;
  readonly lower: SimulatedP;
  /** The one to gate on. */
  readonly consistent: SimulatedP;
  readonly upper: SimulatedP;
  /** N mean differences, and the ω of each: √ of the variance of √n·mean. */
  readonly means: Float64Array;
  readonly omegas: Float64Array;
  /** Means below these are too poor to be recentred by the consistent test. */
  readonly thresholds: Float64Array;
  /** Models whose difference never changes: they have no error to be judged by, and only White's test sees them. */
  readonly flat: number;
  /** What each draw gave. */
  readonly drawn: readonly PredictiveDraw[];
}

/** The statistics of one draw, recentred in each of the ways. */
export interface PredictiveDraw {
  readonly white: number;
  readonly lower: number;
  readonly consistent: number;
  readonly upper: number;
}

/**
 * White's reality check and Hansen's test of superior predictive ability.
 * @param differences  n × N: performance of each model less the benchmark's, higher better
 * @param meanBlock    of the stationary bootstrap that made the draws
 * @param draws        row numbers, n a draw; all models share them, which keeps the cross-section
 * @throws             math/too-few-rows (3 rows, 1 draw), math/not-finite, math/sizes-differ
 * @see                White (2000), Econometrica 68; Hansen (2005), JBES 23
 */
export function predictiveAbility(
  differences: Matrix,
  meanBlock: number,
  draws: readonly Int32Array[],
): PredictiveAbility {
  const n = differences.rows;
  atLeast('a test of superior predictive ability', n, 3);
  atLeast('draws', draws.length, 1);
  allFinite('differences', differences.values);
  const columns = Array.from({ length: differences.cols }, (_, k) => columnOf(differences, k));
  const means = Float64Array.from(columns, mean);
  const omegas = Float64Array.from(columns, (c) => longRunDeviation(c, meanBlock));
  const log = 2 * Math.log(Math.log(n));
  const thresholds = omegas.map((w) => -Math.sqrt(((w * w) / n) * log));
  const root = Math.sqrt(n);
  const scored = means.map((d, k) => ((omegas[k] ?? 0) > 0 ? (root * d) / (omegas[k] ?? NaN) : 0));
  const statistic = scored.reduce((most, t) => Math.max(most, t), 0);
  const white = means.reduce((most, d) => Math.max(most, root * d), -Infinity);
  const drawn = draws.map((indices) => {
    sameSize('rows and the row numbers of a draw', n, indices.length);
    return studentised(columns, indices, means, omegas, thresholds);
  });
  const p = (kind: keyof PredictiveDraw, value: number) => simulatedP(drawn, kind, value);
  return {
    draws: drawn.length,
    white: { statistic: white, ...p('white', white) },
    statistic,
    lower: p('lower', statistic),
    consistent: p('consistent', statistic),
    upper: p('upper', statistic),
    means,
    omegas,
    thresholds,
    flat: omegas.filter((w) => !(w > 0)).length,
    drawn,
  };
}

/** √ of the variance of √n·mean; exactly 0 for a column without any spread. */
function longRunDeviation(column: Float64Array, meanBlock: number): number {
  if (variance(column) === 0) return 0;
  return Math.sqrt(Math.max(0, stationaryVariance(column, meanBlock)));
}

function simulatedP(
  drawn: readonly PredictiveDraw[],
  kind: keyof PredictiveDraw,
  value: number,
): SimulatedP {
  const beyond = drawn.filter((d) => d[kind] > value).length;
  return { share: beyond / drawn.length, gated: (beyond + 1) / (drawn.length + 1) };
}

/** The statistics of one draw, recentred in each of the ways. */
function studentised(
  columns: readonly Float64Array[],
  indices: Int32Array,
  means: Float64Array,
  omegas: Float64Array,
  thresholds: Float64Array,
): PredictiveDraw {
  const root = Math.sqrt(indices.length);
  let white = -Infinity;
  let [lower, consistent, upper] = [0, 0, 0];
  for (const [k, column] of columns.entries()) {
    let total = 0;
    for (const i of indices) total += column[i] ?? NaN;
    const drawn = total / indices.length;
    const d = means[k] ?? NaN;
    white = Math.max(white, root * (drawn - d));
    const omega = omegas[k] ?? NaN;
    if (!(omega > 0)) continue;
    const kept = d >= (thresholds[k] ?? NaN) ? d : 0;
    lower = Math.max(lower, (root * (drawn - Math.max(d, 0))) / omega);
    consistent = Math.max(consistent, (root * (drawn - kept)) / omega);
    upper = Math.max(upper, (root * (drawn - d)) / omega);
  }
  return { white, lower, consistent, upper };
}
