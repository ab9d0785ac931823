import type { Context, JsonObject, SpecOf } from '../../../engine/sdk/index.js';
import type { profile } from '../../kinds/profile.js';
import { type CalmMix, calmMix } from '../../math/cluster-weights.js';
import type { Matrix } from '../../math/matrix.js';

export type Profile = SpecOf<typeof profile>;

/** Weights of clusters, and how they came about. */
export interface Mix {
  readonly weights: Float64Array;
  readonly status: 'closed form' | 'at the cap' | 'optimal' | 'unsettled';
  readonly cap: number;
  readonly told: JsonObject;
}

/** The cap of each of `count` things: raised to where full investment is possible, if the profile allows that. */
export function capFor(cap: number, count: number, { infeasible }: Profile): number {
  return infeasible === 'cash' || cap * count >= 1 ? cap : 1 / count;
}

/** A cap as the profile has it and as it came to be for `count` things. */
export interface Cap {
  readonly what: 'cluster' | 'symbol';
  readonly count: number;
  readonly wanted: number;
  readonly effective: number;
}

/** Warn of every cap that was raised; the other one is told too, because it may still leave cash. */
export function warnOfCaps(clusters: Cap, symbols: Cap, ctx: Context): void {
  for (const [own, other] of [
    [clusters, symbols],
    [symbols, clusters],
  ] as const) {
    if (own.effective <= own.wanted) continue;
    ctx.warn('allocation/cap-relaxed', {
      things: own.count === 1 ? `1 ${own.what}` : `${own.count} ${own.what}s`,
      what: own.what,
      count: own.count,
      cap: own.wanted,
      effective: share(own),
      other: other.what,
      other_cap: share(other),
    });
  }
}

/** A raised cap as the fraction that it is. */
function share({ count, wanted, effective }: Cap): string {
  return effective > wanted && count > 1 ? `1/${count}` : String(effective);
}

/** Weigh clusters as the profile says. Where caps forbid full investment every cluster is at its cap. */
export function mixOf(streams: Matrix, rule: Profile, year: number, ctx: Context): Mix {
  const count = streams.cols;
  const cap = capFor(rule.cluster_cap, count, rule);
  const even = new Float64Array(count).fill(Math.min(cap, 1 / count));
  if (rule.method === 'equal_weight')
    return { weights: even, status: 'closed form', cap, told: {} };
  if (cap * count <= 1) return { weights: even, status: 'at the cap', cap, told: {} };
  const { l2, ridge, condition_most: conditionMost } = rule;
  const found = calmMix(streams, { cap, l2, ridge, conditionMost, year });
  if (found.tried.length > 0) {
    const wanted = String(found.tried[0]?.ridge);
    ctx.warn('allocation/fallback', { method: rule.method, wanted, ridge: found.ridge });
  }
  return { weights: found.weights, status: found.status, cap, told: toldOf(found) };
}

function toldOf({ shrinkage, ridge, volatility, residual, steps, tried }: CalmMix): JsonObject {
  const failed = tried.map((t) => ({ ridge: t.ridge, why: t.why }));
  // A covariance that is nothing but its target, a scaled identity, makes every mix equal weight within the caps.
  const fallbacks = [
    ...(shrinkage >= 1 ? ['covariance shrunk to its target'] : []),
    ...(tried.length === 0 ? [] : [`ridge ${ridge}`]),
  ];
  return { fallbacks, shrinkage, ridge, volatility, residual, steps, tried: failed };
}
