import { inRange, sameSize } from './guard.js';
import { missing } from './missing.js';
import { type ProbabilityMap, probabilities } from './probability.js';
import { ascending } from './rank.js';
import type { Vector } from './vector.js';

/** One factor of conviction over a cross-section. */
export interface Factor {
  readonly name: string;
  readonly values: Vector;
  /** Exponent of its probability. */
  readonly weight: number;
  readonly map: ProbabilityMap;
}

/** The rule of a scorer. */
export interface LogMpsRule {
  /** Probability of a missing value: 0.5 in v3.4, 0.01 in v4. */
  readonly missing: number;
  /** Least probability; 1e-9 unless told. */
  readonly floor?: number | undefined;
  /** Fragility of each item, 0 or more: the most fragile loses half its score (v3.4). */
  readonly fragility?: Vector | undefined;
  /** Width of the `zscore` map; 3 unless told. */
  readonly sigma?: number | undefined;
}

/** Conviction of a cross-section. */
export interface LogMps {
  /** Σ wₖ·ln pₖ + ln(1 − penalty): rank on this, it keeps range where the product underflows. */
  readonly logScore: Float64Array;
  readonly score: Float64Array;
  /** As they entered the score, by factor. */
  readonly probabilities: ReadonlyMap<string, Float64Array>;
  readonly penalty: Float64Array;
  /** Items from the highest score to the lowest; equal ones keep their order. */
  readonly order: Int32Array;
  /** Factors missing for every item: they do not count. */
  readonly dropped: readonly string[];
}

/**
 * Multiplicative probability score in logarithms: scoreᵢ = Π pᵢₖ^wₖ · (1 − penaltyᵢ).
 * @param factors  of equally many values each, aligned
 * @throws         math/sizes-differ, math/out-of-range for a negative weight
 */
export function logMps(factors: readonly Factor[], rule: LogMpsRule): LogMps {
  const n = factors[0]?.values.length ?? 0;
  const { floor = 1e-9, sigma = 3 } = rule;
  const logScore = new Float64Array(n);
  const used = new Map<string, Float64Array>();
  const dropped: string[] = [];
  for (const { name, values, weight, map } of factors) {
    sameSize('the values of two factors', n, values.length);
    inRange(`weight of ${name}`, weight, weight >= 0, '0 or more');
    if (n > 0 && missing(values) === n) {
      dropped.push(name);
      continue;
    }
    const p = probabilities(values, map, sigma).map((x) => (Number.isNaN(x) ? rule.missing : x));
    used.set(name, p);
    for (const [i, x] of p.entries()) {
      logScore[i] = (logScore[i] ?? NaN) + weight * Math.log(Math.max(x, floor));
    }
  }
  const penalty = penalties(n, rule.fragility);
  for (const [i, x] of penalty.entries()) logScore[i] = (logScore[i] ?? NaN) + Math.log(1 - x);
  const order = ascending(logScore.map((x) => -x));
  const score = logScore.map(Math.exp);
  return { logScore, score, probabilities: used, penalty, order, dropped };
}

/** Half of each item's share of the largest fragility; 0 when nobody is fragile or it is not known. */
function penalties(n: number, fragility: Vector | undefined): Float64Array {
  const out = new Float64Array(n);
  if (fragility === undefined) return out;
  sameSize('items and their fragility', n, fragility.length);
  let most = 0;
  for (let i = 0; i < n; i++) {
    const f = fragility[i] ?? NaN;
    inRange('fragility', f, Number.isNaN(f) || f >= 0, '0 or more');
    if (f > most) most = f;
  }
  if (most === 0) return out;
  return out.map((_, i) => {
    const f = fragility[i] ?? NaN;
    return Number.isNaN(f) ? 0 : (0.5 * f) / most;
  });
}
