import { pooled, type Sample } from './pool.js';

/** How many observations of its parent a child is pulled with: its weight is n / (n + λ). */
export interface Strength {
  readonly lambda: number;
  readonly status: StrengthStatus;
}

/**
 * Why a strength is what it is: set by hand; too few observations to learn it from; one child, which cannot differ from its
 * siblings; learnt; learnt and held near an earlier one.
 */
export type StrengthStatus =
  | 'fixed'
  | 'insufficient_data'
  | 'single_child'
  | 'adaptive'
  | 'adaptive_smoothed';

/** How a strength is learnt. */
export interface Learning {
  /** `moments` takes sampling noise out of what children differ by; `plug-in` counts it as difference, as published code does. */
  readonly between: 'moments' | 'plug-in';
  /** Least and most that may come out. */
  readonly limits: readonly [least: number, most: number];
  /** Observations below which nothing is learnt. */
  readonly enough: number;
  /** Least variance between children that `plug-in` divides by, in squared units of the means. */
  readonly floor: number;
  /** What stands in while there are too few observations: the least data must not get the least shrinkage. */
  readonly fallback: number;
  /** An earlier strength, the share of the new one that counts, and how far it may move from the earlier one, as a share. */
  readonly previous?: { readonly lambda: number; readonly share: number; readonly most: number };
}

/**
 * Strength of the pull towards a parent, from how far its children are apart: λ = σ²/τ².
 * @param children  samples that share no observation
 * @see   Bühlmann & Gisler (2005), A Course in Credibility Theory, section 4.8 (`moments`)
 */
export function priorStrength(children: readonly Sample[], how: Learning): Strength {
  const seen = children.filter(({ n }) => n > 0);
  const all = pooled(seen);
  if (all.n < how.enough) return { lambda: how.fallback, status: 'insufficient_data' };
  const [least, most] = how.limits;
  if (seen.length < 2) return { lambda: most, status: 'single_child' };
  const within = withinVariance(seen);
  const between = betweenVariance(seen, all, within, how);
  const lambda = between > 0 ? Math.min(most, Math.max(least, within / between)) : most;
  return how.previous ? smoothed(lambda, how.previous) : { lambda, status: 'adaptive' };
}

/** Variance about the children's own means, pooled. */
export function withinVariance(children: readonly Sample[]): number {
  let squares = 0;
  let free = 0;
  for (const { n, variance } of children) {
    squares += Math.max(n - 1, 0) * variance;
    free += Math.max(n - 1, 0);
  }
  return squares / Math.max(free, 1);
}

/** Variance τ² of the children's true means, 0 or more. */
export function betweenVariance(
  children: readonly Sample[],
  all: Sample,
  within: number,
  { between, floor }: Pick<Learning, 'between' | 'floor'>,
): number {
  let spread = 0;
  let squares = 0;
  for (const { n, mean } of children) {
    const off = mean - all.mean;
    spread += n * off * off;
    squares += n * n;
  }
  if (between === 'plug-in') return Math.max(spread / all.n, floor);
  const excess = spread - (children.length - 1) * within;
  return Math.max(0, excess / (all.n - squares / all.n));
}

function smoothed(lambda: number, { lambda: last, share, most }: Required<Learning>['previous']) {
  const mixed = (1 - share) * last + share * lambda;
  const held = Math.min((1 + most) * last, Math.max((1 - most) * last, mixed));
  return { lambda: held, status: 'adaptive_smoothed' } as const;
}
