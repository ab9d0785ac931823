import { correlationsOf } from './correlation.js';
import { annualised, ridged } from './covariance.js';
import { eigen, ridgeForCondition } from './eigen.js';
import { allFinite } from './guard.js';
import type { Matrix } from './matrix.js';
import { minVariance } from './min-variance.js';
import { MathRefusal } from './refusal.js';
import { ledoitWolf } from './shrinkage.js';

/** What a minimum-variance mix of streams asks for. */
export interface CalmRule {
  /** Most weight of one stream. */
  readonly cap: number;
  readonly l2: number;
  /** Least ridge, and the condition number that it grows to meet. */
  readonly ridge: number;
  readonly conditionMost: number;
  /** Periods a year. */
  readonly year: number;
}

/** A mix of streams, and everything that was done to find it. */
export interface CalmMix {
  readonly weights: Float64Array;
  readonly status: 'optimal' | 'unsettled';
  /** Weight of the scaled identity in the covariance. */
  readonly shrinkage: number;
  /** Ridge that was used. */
  readonly ridge: number;
  /** Volatility a year of the mix in the sample. */
  readonly volatility: number;
  /** Largest violation of the optimality conditions. */
  readonly residual: number;
  readonly steps: number;
  /** Ridges that failed before. */
  readonly tried: readonly { readonly ridge: number; readonly why: string }[];
}

/** Ridges to fall back on, each stronger than the last. */
const LADDER = [0.15, 0.5, 0.95] as const;

/**
 * The calmest long-only mix of streams: Ledoit–Wolf covariance, correlations pulled in until they are well conditioned,
 * then the quadratic program; where the covariance is not definite, with ever stronger ridges.
 * @param streams  T × N, returns per period, every column with some variance
 * @throws         math/too-few-rows when T < 2, math/not-finite; math/not-definite when even the strongest ridge leaves it so
 */
export function calmMix(streams: Matrix, rule: CalmRule): CalmMix {
  allFinite('streams', streams.values);
  const { covariance, shrinkage } = ledoitWolf(streams);
  const yearly = annualised(covariance, rule.year);
  const { values } = eigen(correlationsOf(yearly));
  const least = ridgeForCondition(
    values[0] ?? NaN,
    values[values.length - 1] ?? NaN,
    rule.conditionMost,
    rule.ridge,
  );
  const stronger = LADDER.filter((next) => next > least);
  const tried: { readonly ridge: number; readonly why: string }[] = [];
  for (let ridge = least; ; ) {
    try {
      const found = minVariance(ridged(yearly, ridge), { cap: rule.cap, l2: rule.l2 });
      const { status, weights, volatility, residual, steps } = found;
      return { status, weights, volatility, residual, steps, shrinkage, ridge, tried };
    } catch (error) {
      const singular = error instanceof MathRefusal && error.code === 'math/not-definite';
      const next = stronger.shift();
      if (!singular || next === undefined) throw error;
      tried.push({ ridge, why: error.code });
      ridge = next;
    }
  }
}
