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
export function capFor(
  cap: number,
  count: number,
  what: string,
  rule: Profile,
  ctx: Context,
): number {
  if (rule.infeasible === 'cash' || cap * count >= 1) return cap;
  const effective = 1 / count;
  ctx.warn('allocation/cap-relaxed', { what, count, cap, effective: `1/${count}` });
  return effective;
}

/** Weigh clusters as the profile says. Where caps forbid full investment every cluster is at its cap. */
export function mixOf(streams: Matrix, rule: Profile, year: number, ctx: Context): Mix {
  const count = streams.cols;
  const cap = capFor(rule.cluster_cap, count, 'clusters', rule, ctx);
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
  const fallbacks = tried.length === 0 ? [] : [`ridge ${ridge}`];
  return { fallbacks, shrinkage, ridge, volatility, residual, steps, tried: failed };
}
